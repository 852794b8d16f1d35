using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>An aggregate over the rows of a table. Those of one table are computed in one scan.</summary>
/// <param name="Relation">The table, or a subquery, as FROM names it.</param>
/// <param name="Expression">The aggregate.</param>
internal sealed record Measure(string Relation, string Expression)
{
    /// <summary>The number of rows.</summary>
    public static Measure Rows(string relation) => new(relation, "COUNT(*)");

    /// <summary>The number of rows that meet a condition.</summary>
    /// <param name="condition">SQL that is true for them and else false or NULL.</param>
    public static Measure RowsWith(string relation, string condition) => new(relation, $"COUNT_IF({condition})");

    /// <summary>What is equal for equal sets of rows, whatever their order, and for others about once in 2^64 times.</summary>
    /// <param name="condition">SQL that is true for the rows of the set and else false or NULL; null for all rows.</param>
    /// <param name="columns">The columns that are compared.</param>
    public static IReadOnlyList<Measure> Digest(SqlDialect dialect, string relation, string? condition, string columns)
    {
        // As text: not every driver has numbers so large.
        var hash = dialect.Hash(columns);
        return condition is null
            ? [Rows(relation), new Measure(relation, $"CAST(SUM({hash}) AS VARCHAR)")]
            : [RowsWith(relation, condition), new Measure(relation, $"CAST(SUM(CASE WHEN {condition} THEN {hash} END) AS VARCHAR)")];
    }
}
