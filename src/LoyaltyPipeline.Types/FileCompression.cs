namespace LoyaltyPipeline;

/// <summary>How the files of a delivery are compressed: a whole file of text, the pages within a Parquet file.</summary>
public enum FileCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Gzip, which everything reads.</summary>
    Gzip,

    /// <summary>Zstandard, quicker and smaller.</summary>
    Zstd,
}
