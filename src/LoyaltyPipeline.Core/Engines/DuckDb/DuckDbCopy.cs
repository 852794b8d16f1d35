using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>DuckDB's COPY.</summary>
internal static class DuckDbCopy
{
    private const string Times = "TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%fZ'";

    /// <summary>The statement that writes the rows of a query into a file.</summary>
    public static string To(string path, string query, UnloadFormat format) =>
        $"COPY ({query}) TO {SqlText.Quote(path)} ({Options(format)})";

    /// <summary>The options of a file.</summary>
    public static string Options(UnloadFormat format) => format.Format switch
    {
        FileFormat.Parquet => $"FORMAT parquet, COMPRESSION {Codec(format.Compression, none: "uncompressed")}",
        FileFormat.JsonLines => $"FORMAT json, {Times}, COMPRESSION {Codec(format.Compression, none: "none")}",
        _ => $"""
            FORMAT csv, HEADER true, NULLSTR {SqlText.Quote(format.NullToken)},
            {Times}, COMPRESSION {Codec(format.Compression, none: "none")}
            """,
    };

    private static string Codec(FileCompression compression, string none) => compression switch
    {
        FileCompression.Gzip => "gzip",
        FileCompression.Zstd => "zstd",
        _ => none,
    };
}
