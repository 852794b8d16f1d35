namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>Adds up the rows of all tables for the progress display.</summary>
internal sealed class SyntheticLedger(int users, IProgress<SyntheticProgress>? progress)
{
    private const int RowsPerUser = 35;

    private readonly long expected = (long)users * RowsPerUser;
    private long written;

    public void Add(string table, long rows)
    {
        var total = Interlocked.Add(ref written, rows);
        progress?.Report(new SyntheticProgress(table, total, Math.Max(expected, total)));
    }
}
