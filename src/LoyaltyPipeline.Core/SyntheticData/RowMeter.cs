namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>Counts the rows of one table; now and then looks for a cancellation and passes the count on.</summary>
internal sealed class RowMeter(string table, SyntheticLedger ledger, CancellationToken cancellationToken)
{
    private const int RowsBetweenReports = 1 << 15;
    private const int StepsBetweenLooks = 1 << 10;

    private long reported;
    private int steps;

    public long Rows { get; private set; }

    /// <summary>Called after each user, also one without rows.</summary>
    public void Add(int rows)
    {
        Rows += rows;
        if (++steps % StepsBetweenLooks != 0)
            return;
        cancellationToken.ThrowIfCancellationRequested();
        if (Rows - reported >= RowsBetweenReports)
            Report();
    }

    public void Report()
    {
        ledger.Add(table, Rows - reported);
        reported = Rows;
    }
}
