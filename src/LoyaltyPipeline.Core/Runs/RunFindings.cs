namespace LoyaltyPipeline.Core.Runs;

/// <summary>What a run has found out so far, as far as the log keeps it.</summary>
internal sealed record RunFindings
{
    /// <summary>The day that it is of, if it is of one.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The rows that it writes; they count only once it has succeeded.</summary>
    public RunTotals Totals { get; init; } = new();

    /// <summary>Source rows rejected.</summary>
    public long Quarantined { get; init; }

    /// <summary>Whether guards were told to let it pass.</summary>
    public bool Forced { get; init; }

    /// <summary>The guards that tripped.</summary>
    public IReadOnlyList<TrippedGuard> Guards { get; init; } = [];

    /// <summary>Hash of the script that ran, if one did.</summary>
    public string? ScriptSha256 { get; init; }

    /// <summary>What it read of each source.</summary>
    public IReadOnlyList<SourceLog> Sources { get; init; } = [];
}
