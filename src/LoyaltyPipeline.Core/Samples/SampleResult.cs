namespace LoyaltyPipeline.Core.Samples;

/// <summary>What a finished sample holds.</summary>
/// <param name="Users">Users in USER_PROFILE, planted rows not counted.</param>
/// <param name="FirstDay">The first day with events.</param>
/// <param name="LastDay">The last day with events.</param>
/// <param name="Seed">The seed that yields the same sample again.</param>
/// <param name="Tables">One entry per source table, in catalog order.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record SampleResult(
    int Users, DateOnly FirstDay, DateOnly LastDay, long Seed, IReadOnlyList<SampleTableResult> Tables, double Seconds)
{
    /// <summary>Rows of all tables together.</summary>
    public long Rows => Tables.Sum(table => table.Rows);

    /// <summary>Planted rows of all tables together, which a merge must put into quarantine.</summary>
    public long Planted => Tables.Sum(table => table.Planted.Values.Sum());
}
