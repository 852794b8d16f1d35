namespace LoyaltyPipeline;

/// <summary>How the rows of a delivery are written.</summary>
public enum FileFormat
{
    /// <summary>Comma-separated text with a header, UTF-8, quoted as RFC 4180 says, lines ended by LF.</summary>
    Csv,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>A JSON object per line, UTF-8.</summary>
    JsonLines,
}
