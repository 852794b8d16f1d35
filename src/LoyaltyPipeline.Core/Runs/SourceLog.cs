namespace LoyaltyPipeline.Core.Runs;

/// <summary>What a run read of one source; read = used + quarantined.</summary>
public sealed class SourceLog(
    string sourceTable, long rowsRead, long rowsUsed, long rowsQuarantined, DateTime? newestEventAt, double seconds)
{
    /// <summary>The source, as the catalog names it.</summary>
    public string SourceTable { get; } = sourceTable;

    /// <summary>Rows that count for the run.</summary>
    public long RowsRead { get; } = rowsRead;

    /// <summary>Rows accepted.</summary>
    public long RowsUsed { get; } = rowsUsed;

    /// <summary>Rows rejected.</summary>
    public long RowsQuarantined { get; } = rowsQuarantined;

    /// <summary>The latest event time among the rows read (UTC); null where there is none.</summary>
    public DateTime? NewestEventAt { get; } = newestEventAt;

    /// <summary>How long reading and judging took.</summary>
    public double Seconds { get; } = seconds;

    /// <summary>For example <c>DW_A.USER_PROFILE: 97 of 100 used</c>.</summary>
    public override string ToString() => $"{SourceTable}: {RowsUsed} of {RowsRead} used";
}
