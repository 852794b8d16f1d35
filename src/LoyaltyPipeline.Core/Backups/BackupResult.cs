namespace LoyaltyPipeline.Core.Backups;

/// <summary>A backup that was written.</summary>
public sealed class BackupResult
{
    /// <summary>The file.</summary>
    public string Path { get; internal init; } = string.Empty;

    /// <summary>The warehouse of which it is.</summary>
    public string Warehouse { get; internal init; } = string.Empty;

    /// <summary>How many tables it has.</summary>
    public int Tables { get; internal init; }

    /// <summary>How many rows they have together, as counted in the backup.</summary>
    public long Rows { get; internal init; }

    /// <summary>Size of the file.</summary>
    public long Bytes { get; internal init; }

    /// <summary>How long it took, waiting left out.</summary>
    public double Seconds { get; internal init; }

    /// <summary>The file.</summary>
    public override string ToString() => Path;
}
