using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Redaction;

/// <summary>
/// The views that show a table with personal data redacted. The catalog says of which table, the policy for readers how: columns and query
/// follow from both, so that no column of personal data can be forgotten.
/// </summary>
public static class MaskedViews
{
    /// <summary>Gives the masked views of a catalog their columns and their query.</summary>
    /// <param name="policy">What becomes of personal data that readers are shown.</param>
    /// <param name="dialect">The dialect of the engine that has such views.</param>
    /// <exception cref="LoyaltyException"><c>ConfigInvalid</c>: the policy needs what no view has.</exception>
    public static LoyaltyCatalog Define(LoyaltyCatalog catalog, RedactionPolicy policy, SqlDialect dialect) =>
        policy.StoredProblem is { } problem
            ? throw LoyaltyErrors.ConfigInvalid.Because($"The redaction for readers is wrong: {problem.Reason}.", problem.Setting)
            : new LoyaltyCatalog(
                [.. catalog.Tables.Select(table => table.Masks is { } masked ? Define(table, masked, policy, dialect) : table)]);

    private static CatalogTable Define(CatalogTable view, TableName masked, RedactionPolicy policy, SqlDialect dialect)
    {
        var shown = view.Columns.Where(column => policy.For(column) != RedactionMethod.Drop).ToList();
        var values = shown.Select(column => $"{Value(column, policy, dialect)} AS {column.Name}");
        return view with
        {
            Columns = [.. shown.Select(column => Describe(column, policy.For(column)))],
            Query = $"SELECT {SqlText.List(values)} FROM {masked} AS m",
        };
    }

    private static string Value(CatalogColumn column, RedactionPolicy policy, SqlDialect dialect) =>
        new ColumnRedaction(dialect, policy.For(column), column.PersonalData, $"m.{column.Name}") { Hashing = policy.Hashing }.Redacted;

    private static CatalogColumn Describe(CatalogColumn column, RedactionMethod method) => method == RedactionMethod.Keep
        ? column
        : column with { Description = $"{column.Description} Shown as {method.ToString().ToLowerInvariant()} makes it." };
}
