namespace LoyaltyPipeline.Core.Extracts;

/// <summary>An extract of a view.</summary>
public sealed class ExtractResult(
    string view, bool applied, long rows, long? bytes, FileFormat format, FileCompression compression, string? sha256, string path,
    string description)
{
    /// <summary>The view.</summary>
    public string View { get; } = view;

    /// <summary>Whether it was written, or only planned.</summary>
    public bool Applied { get; } = applied;

    /// <summary>Its rows.</summary>
    public long Rows { get; } = rows;

    /// <summary>Size of the file; null where it was only planned.</summary>
    public long? Bytes { get; } = bytes;

    /// <summary>How rows are written.</summary>
    public FileFormat Format { get; } = format;

    /// <summary>How they are compressed.</summary>
    public FileCompression Compression { get; } = compression;

    /// <summary>Hash of the file; null where it was only planned.</summary>
    public string? Sha256 { get; } = sha256;

    /// <summary>Where the file is.</summary>
    public string Path { get; } = path;

    /// <summary>Where the JSON is that describes its columns.</summary>
    public string Description { get; } = description;
}
