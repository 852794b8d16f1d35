using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Unloading;

namespace LoyaltyPipeline.Core.Warehouses.DuckDb;

/// <summary>DuckDB's COPY.</summary>
internal static class DuckDbCopy
{
    private const string Times = "TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%fZ'";

    /// <summary>The statement that writes the rows of a query into a file.</summary>
    public static string To(string path, string query, UnloadFormat format) => $"COPY ({query}) TO {SqlText.Quote(path)} ({Options(format)})";

    /// <summary>The options of a file.</summary>
    public static string Options(UnloadFormat format) => format.Format switch
    {
        DeliveryFormat.Parquet => $"FORMAT parquet, COMPRESSION {Codec(format.Compression, none: "uncompressed")}",
        DeliveryFormat.JsonLines => $"FORMAT json, {Times}, COMPRESSION {Codec(format.Compression, none: "none")}",
        _ => $"FORMAT csv, HEADER true, NULLSTR {SqlText.Quote(format.NullToken)}, {Times}, COMPRESSION {Codec(format.Compression, none: "none")}",
    };

    private static string Codec(DeliveryCompression compression, string none) => compression switch
    {
        DeliveryCompression.Gzip => "gzip",
        DeliveryCompression.Zstd => "zstd",
        _ => none,
    };
}
