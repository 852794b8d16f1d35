using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.PiiScan;

/// <summary>How to look for personal data.</summary>
public sealed record PiiScanOptions
{
    /// <summary>At most so many rows of a table or file are looked at.</summary>
    public const int UsualRows = 10_000;

    /// <summary>At most so many rows of a table or file.</summary>
    public int SampleRows { get; init; } = UsualRows;

    /// <summary>The kinds to look for; empty for all.</summary>
    public IReadOnlyList<PiiKind> Kinds { get; init; } = [];

    /// <summary>What separates the values of a CSV file.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>What stands for NULL in a CSV file, beside what the settings name.</summary>
    public IReadOnlyList<string> NullTokens { get; init; } = [];

    /// <summary>How long to wait for a file that another process has open.</summary>
    public LockWait? LockWait { get; init; }
}
