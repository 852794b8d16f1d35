using System.Globalization;
using LoyaltyPipeline.Core.Delivery.Consumers;

namespace LoyaltyPipeline.Core.Delivery;

/// <summary>Where in a destination things are.</summary>
internal static class DeliveryLayout
{
    public const string ManifestName = "manifest.json";
    public const string LatestName = "latest.json";

    /// <summary>The folder of all deliveries of a consumer's segment.</summary>
    public static string FeedFolder(Consumer consumer) => $"{consumer.Name}/{consumer.Segment}";

    /// <summary>The folder of one delivery.</summary>
    public static string Folder(Consumer consumer, DateOnly day, string deliveryId) =>
        $"{FeedFolder(consumer)}/{Relative(day, deliveryId)}";

    /// <summary>The key of a delivery's manifest.</summary>
    public static string ManifestKey(string folder) => $"{folder}/{ManifestName}";

    /// <summary>The manifest, from the folder of <c>latest.json</c>.</summary>
    public static string ManifestFromLatest(DateOnly day, string deliveryId) => $"{Relative(day, deliveryId)}/{ManifestName}";

    /// <summary>The name of a file.</summary>
    public static string FileName(int number, Consumer consumer) => $"part-{number:00000}.{Extension(consumer)}";

    /// <summary>What file names end with.</summary>
    public static string Extension(Consumer consumer) => consumer.Format switch
    {
        DeliveryFormat.Parquet => "parquet",
        DeliveryFormat.JsonLines => "jsonl" + Suffix(consumer.Compression),
        _ => "csv" + Suffix(consumer.Compression),
    };

    /// <summary>The media type of files.</summary>
    public static string ContentType(Consumer consumer) => consumer switch
    {
        { Format: DeliveryFormat.Parquet } => "application/vnd.apache.parquet",
        { Compression: DeliveryCompression.Gzip } => "application/gzip",
        { Compression: DeliveryCompression.Zstd } => "application/zstd",
        { Format: DeliveryFormat.Csv } => "text/csv; charset=utf-8",
        _ => "application/x-ndjson",
    };

    private static string Relative(DateOnly day, string deliveryId) => $"run_date={day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}/{deliveryId}";

    private static string Suffix(DeliveryCompression compression) => compression switch
    {
        DeliveryCompression.Gzip => ".gz",
        DeliveryCompression.Zstd => ".zst",
        _ => string.Empty,
    };
}
