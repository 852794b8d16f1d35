namespace LoyaltyPipeline.Core.Status;

/// <summary>A source table: what is in it, how old that is, and where it came from.</summary>
public sealed class SourceState
{
    /// <summary>The table, as the catalog names it.</summary>
    public string Table { get; internal init; } = string.Empty;

    /// <summary>Whether merges stop where it is not there or has no usable row.</summary>
    public bool Required { get; internal init; }

    /// <summary>Where it is kept: the table, a table of another database, or one in another file.</summary>
    public string Location { get; internal init; } = string.Empty;

    /// <summary>Its rows; null where it is not there or cannot be read.</summary>
    public long? Rows { get; internal init; }

    /// <summary>The latest time in it (UTC); null where there is none.</summary>
    public DateTime? NewestEvent { get; internal init; }

    /// <summary>
    /// How many days the newest row up to the newest written day lies before that day; null where there is none, or the table has no time.
    /// </summary>
    public int? DaysBehind { get; internal init; }

    /// <summary>How many days it may lie behind; null where nothing is expected of it.</summary>
    public int? FreshWithin { get; internal init; }

    /// <summary>Whether it lies behind no more than it may; null where that is not known or nothing is expected.</summary>
    public bool? IsFresh => DaysBehind is { } days && FreshWithin is { } limit ? days <= limit : null;

    /// <summary>When its last import began (UTC), however that ended; null where there is none in the log.</summary>
    public DateTime? LastImport { get; internal init; }

    /// <summary>How that import ended; null where there is none.</summary>
    public RunStatus? LastImportStatus { get; internal init; }

    /// <summary>The file of that import, or how many there were; null where there is none.</summary>
    public string? LastFile { get; internal init; }

    /// <summary>Its rows in quarantine that still wait for a repair.</summary>
    public long OpenQuarantine { get; internal init; }

    /// <summary>What is to be said of it, such as that it does not exist; null where there is nothing.</summary>
    public string? Remark { get; internal init; }
}
