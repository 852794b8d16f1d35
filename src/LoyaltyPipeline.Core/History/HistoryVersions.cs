using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.History;

/// <summary>Speaks of versions in SQL. A version holds from its VALID_FROM until the day before its VALID_TO.</summary>
internal static class HistoryVersions
{
    public const string Table = "LOYALTY.HISTORY";

    /// <summary>SQL that is true for a version that holds on a day.</summary>
    /// <param name="alias">How the statement calls the table.</param>
    public static string HoldsOn(DateOnly day, string alias = "h") =>
        $"{alias}.VALID_FROM <= {SqlText.Literal(day)} AND ({alias}.VALID_TO IS NULL OR {alias}.VALID_TO > {SqlText.Literal(day)})";
}
