namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Separates the rows of a source that can be used from those that cannot, and keeps account of both.</summary>
internal sealed class SourceScreen(SourceData sources, RunDay day)
{
    private readonly List<RejectedRow> rejected = [];
    private readonly Dictionary<string, SourceCount> counts = new(StringComparer.Ordinal);
    private HashSet<long> users = [];

    public IReadOnlyList<RejectedRow> Rejected =>
    [
        .. rejected
            .OrderBy(row => row.SourceTable, StringComparer.Ordinal)
            .ThenBy(row => row.Key, CodePointComparer.Instance)
            .ThenBy(row => row.Rule, StringComparer.Ordinal),
    ];

    public IReadOnlyDictionary<string, SourceCount> Counts => counts;

    /// <summary>The winning profiles; from here on their users are the known ones.</summary>
    public IReadOnlyCollection<UserProfileRow> Profiles()
    {
        var profiles = Winners(SourceDefinitions.UserProfile);
        users = [.. profiles.Select(profile => profile.UserId!.Value)];
        return profiles;
    }

    public ILookup<long, TRow> WinnersByUser<TRow>(SourceDefinition<TRow> source)
        where TRow : class =>
        Winners(source).ToLookup(row => source.Owner(row)!.Value);

    public IReadOnlyCollection<TRow> Winners<TRow>(SourceDefinition<TRow> source)
        where TRow : class
    {
        var winners = new Dictionary<RowKey, TRow>();
        var rejectedBefore = rejected.Count;
        var read = 0;
        foreach (var row in source.Rows(sources) ?? [])
        {
            if (!source.Counts(row, day))
                continue;

            read++;
            if ((source.BrokenRule(row) ?? OrphanRule(source, row)) is { } rule)
                Reject(source, row, rule);
            else if (winners.TryAdd(source.KeyOf(row), row))
                continue;
            else
                Reject(source, Contest(source, winners, row), RejectionRule.Duplicate);
        }

        counts[source.Table] = new(read, winners.Count, rejected.Count - rejectedBefore);
        return winners.Values;
    }

    /// <summary>Leaves the better row of a key as the winner and returns the other.</summary>
    private static TRow Contest<TRow>(SourceDefinition<TRow> source, Dictionary<RowKey, TRow> winners, TRow challenger)
        where TRow : class
    {
        var key = source.KeyOf(challenger);
        var champion = winners[key];
        if (source.Rank(challenger, champion) <= 0)
            return challenger;

        winners[key] = challenger;
        return champion;
    }

    private string? OrphanRule<TRow>(SourceDefinition<TRow> source, TRow row)
        where TRow : class =>
        source.Owner(row) is { } owner && !users.Contains(owner) ? RejectionRule.Orphan : null;

    private void Reject<TRow>(SourceDefinition<TRow> source, TRow row, string rule)
        where TRow : class =>
        rejected.Add(new(source.Table, source.KeyText(row), rule));
}
