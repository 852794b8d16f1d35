using System.Collections.ObjectModel;

namespace LoyaltyPipeline.Core.PiiScan;

/// <summary>A column that seems to hold a kind of personal data.</summary>
public sealed class PiiFinding
{
    /// <summary>The table; null for a file that is named after no table of the catalog.</summary>
    public string? Table { get; internal init; }

    /// <summary>The file; null for a table of the warehouse.</summary>
    public string? Path { get; internal init; }

    /// <summary>The column.</summary>
    public string Column { get; internal init; } = string.Empty;

    /// <summary>What it seems to hold.</summary>
    public PiiKind Kind { get; internal init; }

    /// <summary>Of the values looked at that are neither null nor blank, the share that is of the kind, 0 to 1.</summary>
    public double Share { get; internal init; }

    /// <summary>How sure it is.</summary>
    public PiiConfidence Confidence { get; internal init; }

    /// <summary>
    /// Whether the catalog declares the column as personal data of a fitting class; null for a file that is named after no table of the
    /// catalog.
    /// </summary>
    public bool? IsDeclared { get; internal init; }

    /// <summary>Values that were looked at, not counting null and blank ones.</summary>
    public long Values { get; internal init; }

    /// <summary>A few of the values, masked: no personal value is shown.</summary>
    public ReadOnlyCollection<string> Examples { get; internal init; } = [];
}
