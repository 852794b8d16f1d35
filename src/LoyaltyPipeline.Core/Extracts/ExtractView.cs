using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Extracts;

/// <summary>The views of which extracts are made: those that tell of no single user.</summary>
public static class ExtractView
{
    /// <summary>The views.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <returns>The views, in catalog order.</returns>
    public static IReadOnlyList<CatalogTable> All(LoyaltyCatalog catalog) => [.. catalog.Tables.Where(table => table.IsForReaders)];

    /// <summary>Finds a view.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="name">Its full name or its name alone; case does not matter.</param>
    /// <returns>The view.</returns>
    /// <exception cref="LoyaltyException"><c>ViewNotForReaders</c>.</exception>
    public static CatalogTable Find(LoyaltyCatalog catalog, string name)
    {
        var found = catalog.Find(name) ?? catalog.Find($"{LoyaltyCatalog.WarehouseSchema}.{name}");
        if (found is { IsForReaders: true })
            return found;
        var views = SqlText.List(All(catalog).Select(view => view.Name.Table));
        throw LoyaltyErrors.ViewNotForReaders.Because(
            found is null ? $"There is no view {name}; there are {views}." : $"{found} is no view of aggregates: it may tell of single users. Extracts are made of {views}.", name);
    }
}
