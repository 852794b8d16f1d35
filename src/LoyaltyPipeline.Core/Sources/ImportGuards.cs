using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>Looks at what an import would leave of its table, before that is committed.</summary>
internal static class ImportGuards
{
    /// <summary>The guards that trip.</summary>
    /// <param name="read">Rows in the files.</param>
    /// <param name="counts">What storing them does.</param>
    public static IReadOnlyList<TrippedGuard> Check(
        CatalogTable table, long read, ImportCounts counts) => counts is { Deleted: > 0, Inserted: 0 }
        ? [new TrippedGuard(
            "TableEmptied",
            $"all {counts.Deleted} rows of {table} would go and none would come: {(read == 0 ? "no row was delivered" : $"none of the {read} that were delivered is usable")}")]
        : [];

    /// <summary>The error for guards that were not told to let the import pass.</summary>
    public static LoyaltyException Refuse(IReadOnlyList<TrippedGuard> tripped, CatalogTable table) => LoyaltyErrors.GuardTripped.Because(
        $"The import into {table} was stopped: {string.Join("; ", tripped.Select(guard => guard.Reason))}.",
        table.Name.ToString(),
        "Have the file delivered again, whole; if the table is to be empty, run again with -Force. Nothing was changed.");
}
