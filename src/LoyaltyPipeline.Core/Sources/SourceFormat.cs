namespace LoyaltyPipeline.Core.Sources;

/// <summary>The formats a source file may have.</summary>
public enum SourceFormat
{
    /// <summary>Comma-separated values after RFC 4180, with a header line.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}
