using System.Collections.Concurrent;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Hashing;

namespace LoyaltyPipeline.Core.Queries;

/// <summary>
/// Personal data that SQL puts into a column of which the catalog does not say so. What a column is declared to be made of is believed by
/// all that redacts; here the SQL itself is asked.
/// </summary>
internal static class UndeclaredPersonalData
{
    // To follow a text takes tens of milliseconds, and every merge of a session asks of the same. What is refused is not kept: the error
    // names what was asked of.
    private static readonly ConcurrentDictionary<string, bool> Sound = new(StringComparer.Ordinal);

    /// <summary>Makes sure that no view of the catalog shows personal data of which the catalog says nothing.</summary>
    /// <exception cref="LoyaltyException"><c>CatalogInvalid</c>.</exception>
    public static void RefuseInViews(LoyaltyCatalog catalog)
    {
        foreach (var view in catalog.Tables.Where(table => table.Query is not null))
            Refuse(catalog, view, view.Query!, $"The view {view}");
    }

    /// <summary>Makes sure that a SELECT puts no personal data into columns of which the catalog says nothing.</summary>
    /// <param name="table">The table or view that it fills.</param>
    /// <param name="select">The SELECT, which reads the tables of the catalog by their names there. One that the parser cannot follow is let
    /// through: what is declared has to do.</param>
    /// <param name="script">What the error calls it.</param>
    /// <exception cref="LoyaltyException"><c>CatalogInvalid</c>.</exception>
    public static void Refuse(LoyaltyCatalog catalog, CatalogTable table, string select, string script)
    {
        var asked = TextHash.Sha256($"{catalog.PersonalDataSha256}\n{table}\n{select}");
        if (Sound.ContainsKey(asked))
            return;
        if (UserQuery.TryRead(select, out var query, out _))
            Refuse(catalog, table, query, script);
        Sound[asked] = true;
    }

    private static void Refuse(LoyaltyCatalog catalog, CatalogTable table, UserQuery query, string script)
    {
        var origins = query.OriginsOf(catalog);
        foreach (var column in table.Columns
            .Where(column => column is { PersonalData: PersonalData.None, Anonymization: Anonymization.None }))
        {
            if (origins.Find(column.Name)?.PersonalFrom is { } from)
                throw LoyaltyErrors.CatalogInvalid.Because(
                    $"{script} makes {table}.{column.Name} of {from}, which is personal data, and the catalog does not say so.",
                    $"{table}.{column.Name}",
                    $"In the catalog, add {from} to from: of the column, and pii: with its class, or anonymized: count, hash or generalize "
                        + "where that is what the SQL does.");
        }
    }
}
