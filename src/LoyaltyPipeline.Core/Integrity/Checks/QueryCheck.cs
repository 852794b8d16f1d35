using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>A query that yields what is not as it must be.</summary>
/// <param name="definition">What is known of the check.</param>
/// <param name="query">Makes the query; null where there is nothing to check.</param>
/// <param name="nothing">Why there is nothing to check, where there is nothing.</param>
/// <param name="sample">The SQL that names a row of the query, without personal data.</param>
/// <param name="total">Counts what is checked.</param>
/// <param name="suspicion">Whether to run the query at all, where cheap aggregates can tell that it would yield nothing; null for
/// always.</param>
internal sealed class QueryCheck(
    CheckDefinition definition, Func<CheckContext, string?> query, string nothing, string sample, Func<CheckContext, Measure> total,
    Suspicion? suspicion = null) : Check(definition)
{
    /// <summary>What the query reads beside the table of the check.</summary>
    public IReadOnlyList<TableNeed> AlsoNeeds { get; init; } = [];

    /// <summary>Of how many at least a share is reckoned: of fewer it says nothing.</summary>
    public long LeastTotal { get; init; }

    public override IEnumerable<TableNeed> Needs => [.. base.Needs, .. AlsoNeeds];

    public override IEnumerable<Measure> Measures(CheckContext context) =>
        query(context) is null ? [] : [total(context), .. suspicion?.Measures(context) ?? []];

    public override async Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        if (query(context) is not { } text)
            return Finding.Skip(nothing);
        var violations = suspicion?.IsRaised(context) == false
            ? 0
            : await context.Session.CountAsync($"SELECT COUNT(*) FROM ({text}) AS v", cancellationToken);
        return new Finding
        {
            Violations = violations,
            Total = Math.Max(Math.Max(context.Count(total(context)), violations), violations > 0 ? LeastTotal : 0),
            Rows = text,
            SampleFormat = $"SELECT {sample} AS ROW_NAME FROM ({RowSample.Escape(text)}) AS v ORDER BY ROW_NAME LIMIT {{0}}",
        };
    }
}
