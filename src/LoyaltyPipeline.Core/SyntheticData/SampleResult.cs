using System.Collections.ObjectModel;

namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>What a finished sample holds.</summary>
public sealed class SampleResult(
    int users, DateTime firstDay, DateTime lastDay, long seed, IReadOnlyList<SampleTableResult> tables, double seconds)
{
    /// <summary>Users in USER_PROFILE, planted rows not counted.</summary>
    public int Users { get; } = users;

    /// <summary>The first day with events, as the time at which it begins.</summary>
    public DateTime FirstDay { get; } = firstDay;

    /// <summary>The last day with events, as the time at which it begins.</summary>
    public DateTime LastDay { get; } = lastDay;

    /// <summary>The seed that yields the same sample again.</summary>
    public long Seed { get; } = seed;

    /// <summary>One entry per source table, in catalog order.</summary>
    public ReadOnlyCollection<SampleTableResult> Tables { get; } = [.. tables];

    /// <summary>How long it took.</summary>
    public double Seconds { get; } = seconds;

    /// <summary>Rows of all tables together.</summary>
    public long Rows => Tables.Sum(table => table.Rows);

    /// <summary>Planted rows of all tables together, which a merge must put into quarantine.</summary>
    public long Planted => Tables.Sum(table => table.Planted.Values.Sum());
}
