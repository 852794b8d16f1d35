namespace LoyaltyPipeline.Core.Quality;

/// <summary>What a run read of one source; read = used + quarantined.</summary>
/// <param name="SourceTable">The source, as the catalog names it.</param>
/// <param name="RowsRead">Rows that count for the run.</param>
/// <param name="RowsUsed">Rows accepted.</param>
/// <param name="RowsQuarantined">Rows rejected.</param>
/// <param name="NewestEventAt">The latest event time among the rows read (UTC); null where there is none.</param>
/// <param name="Seconds">How long reading and judging took.</param>
public sealed record SourceLog(
    string SourceTable, long RowsRead, long RowsUsed, long RowsQuarantined, DateTime? NewestEventAt, double Seconds);
