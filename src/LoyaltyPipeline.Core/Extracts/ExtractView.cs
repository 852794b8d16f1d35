using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Extracts;

/// <summary>The views of which extracts are made: those that tell of no single user.</summary>
public static class ExtractView
{
    /// <summary>The views.</summary>
    /// <returns>The views, in catalog order.</returns>
    public static IReadOnlyList<CatalogTable> All(LoyaltyCatalog catalog) => [.. catalog.Tables.Where(table => table.IsForReaders)];

    /// <summary>Finds the views that names and patterns fit.</summary>
    /// <param name="names">Names and patterns of them, with or without schema.</param>
    /// <param name="notFound">Hears of each name that no view for readers has.</param>
    /// <returns>The views, each once, in the order of the names.</returns>
    public static IReadOnlyList<CatalogTable> FindAll(
        LoyaltyCatalog catalog, IReadOnlyList<string> names, Action<LoyaltyException> notFound)
    {
        var found = new List<CatalogTable>();
        foreach (var name in names)
        {
            if (NameMatch.IsPattern(name))
                found.AddRange(All(catalog).Where(view => NamePattern.FitsAny([name], view.Name.Table, view.Name.ToString())));
            else
                AddOne(name);
        }

        return [.. found.Distinct()];

        void AddOne(string name)
        {
            try
            {
                found.Add(Find(catalog, name));
            }
            catch (LoyaltyException exception)
            {
                notFound(exception);
            }
        }
    }

    /// <summary>Finds a view.</summary>
    /// <param name="name">Its full name or its name alone; case does not matter.</param>
    /// <exception cref="LoyaltyException"><c>ViewNotFound</c>, <c>ViewNotForReaders</c>.</exception>
    public static CatalogTable Find(LoyaltyCatalog catalog, string name)
    {
        var found = catalog.Find(name) ?? catalog.Find($"{LoyaltyCatalog.WarehouseSchema}.{name}");
        if (found is { IsForReaders: true })
            return found;
        var views = SqlText.List(All(catalog).Select(view => view.Name.Table));
        throw found is null
            ? LoyaltyErrors.ViewNotFound.Because($"There is no view {name}; there are {views}.", name)
            : LoyaltyErrors.ViewNotForReaders.Because(
                $"{found} is no view of aggregates: it may tell of single users. Extracts are made of {views}.", name);
    }
}
