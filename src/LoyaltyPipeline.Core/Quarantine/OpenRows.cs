using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Quarantine;

/// <summary>
/// Tells the quarantined rows that still wait for a repair from those that do not. Of merges that stand, what the newest one of the newest
/// day rejected is open: it has judged all rows that there are. What an import rejected never came into the warehouse; it is open until a later
/// import brings a row of its key, good or bad, or replaces the table. A row whose key could not be read is open until a file of the same
/// name comes again.
/// </summary>
internal static class OpenRows
{
    /// <summary>
    /// The quarantine as <c>q</c>, beside the runs whose rows may be open. A subquery in the list of a SELECT is not for every engine.
    /// </summary>
    public const string From = $"""
        LOYALTY.QUARANTINE AS q LEFT JOIN (
            {Imports}
            UNION ALL SELECT RUN_ID, '{nameof(RunKind.Merge)}' AS KIND FROM (
                SELECT RUN_ID
                FROM ({UndoneDays.StandingMerges}) AS s
                ORDER BY RUN_DATE DESC NULLS LAST, RUN_ID DESC LIMIT 1) AS m
        ) AS o ON o.RUN_ID = q.RUN_ID
        """;

    /// <summary>SQL that is true for a row of <see cref="From"/> that is open, and false for any other.</summary>
    public const string Condition = $"(o.RUN_ID IS NOT NULL AND (o.KIND = '{nameof(RunKind.Merge)}' OR q.RESOLVED_BY IS NULL))";

    // Once each: a run that is in the log twice must not make two of its rows.
    private const string Imports = $"SELECT DISTINCT RUN_ID, KIND FROM LOYALTY.RUN WHERE KIND = '{nameof(RunKind.Import)}'";

    /// <summary>
    /// Closes the rows that an import brings again, inside its transaction and before it adds rows of its own to the quarantine.
    /// </summary>
    /// <param name="files">Names of its files.</param>
    /// <param name="relations">What it accepted and what it rejected, each with the SQL of the key's text; none where it replaces the
    /// table.</param>
    public static async Task ResolveAsync(
        IWarehouseSession session, CatalogTable table, string runId, IReadOnlyList<string> files,
        IReadOnlyList<(string Relation, string Key)> relations, CancellationToken cancellationToken)
    {
        var open = $"""
            SOURCE_TABLE = {SqlText.Quote(table.Name.ToString())} AND RESOLVED_BY IS NULL
                AND RUN_ID IN (SELECT i.RUN_ID FROM ({Imports}) AS i)
            """;
        // Hardly ever is there one, and to spell the keys of all rows would cost much.
        if (await session.CountAsync($"SELECT COUNT(*) FROM LOYALTY.QUARANTINE WHERE {open}", cancellationToken) == 0)
            return;

        const string withoutKey = "(ROW_KEY IS NULL OR ROW_KEY LIKE '%=NULL%')";
        var sameFile = files.Select(file => $"SUBSTR(DETAIL, 1, LENGTH({SqlText.Quote(file)}) + 1) = {SqlText.Quote($"{file} ")}");
        var sameKey = relations.Select(relation => $"SELECT {relation.Key} AS ROW_KEY FROM {relation.Relation} AS a");
        string[] closed = relations.Count == 0
            ? [open]
            : [$"{open} AND {withoutKey} AND ({string.Join(" OR ", sameFile)})",
                $"{open} AND NOT {withoutKey} AND ROW_KEY IN ({string.Join(" UNION ALL ", sameKey)})"];
        foreach (var condition in closed)
            await session.ExecuteAsync($"UPDATE LOYALTY.QUARANTINE SET RESOLVED_BY = ? WHERE {condition}", [runId], cancellationToken);
    }
}
