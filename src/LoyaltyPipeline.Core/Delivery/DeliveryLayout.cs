using System.Globalization;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Configuration.Consumers;

namespace LoyaltyPipeline.Core.Delivery;

/// <summary>Where in a destination things are.</summary>
internal static partial class DeliveryLayout
{
    public const string ManifestName = "manifest.json";
    public const string LatestName = "latest.json";

    /// <summary>The folder of all deliveries of a consumer's segment.</summary>
    public static string FeedFolder(Consumer consumer) => $"{consumer.Name}/{consumer.Segment}";

    /// <summary>The folder of one delivery.</summary>
    public static string Folder(Consumer consumer, DateOnly day, string deliveryId) =>
        $"{FeedFolder(consumer)}/{Relative(day, deliveryId)}";

    /// <summary>The folder of all deliveries of a segment, from the place of one of them.</summary>
    /// <param name="place">The folder of a delivery, as a path or on S3.</param>
    /// <returns>The folder; null where the delivery lies elsewhere than deliveries are put, as a copy may.</returns>
    public static string? FeedOf(string place) =>
        PlacePattern().Match(place) is { Success: true } match ? match.Groups["feed"].Value : null;

    /// <summary>The key of a delivery's manifest.</summary>
    public static string ManifestKey(string folder) => $"{folder}/{ManifestName}";

    /// <summary>The manifest, from the folder of <c>latest.json</c>.</summary>
    public static string ManifestFromLatest(DateOnly day, string deliveryId) => $"{Relative(day, deliveryId)}/{ManifestName}";

    public static string FileName(int number, Consumer consumer) =>
        $"part-{number:00000}.{Extension(consumer.Format, consumer.Compression)}";

    /// <summary>What file names end with.</summary>
    public static string Extension(FileFormat format, FileCompression compression) => format switch
    {
        FileFormat.Parquet => "parquet",
        FileFormat.JsonLines => "jsonl" + Suffix(compression),
        _ => "csv" + Suffix(compression),
    };

    /// <summary>The media type of files.</summary>
    public static string ContentType(FileFormat format, FileCompression compression) => (format, compression) switch
    {
        (FileFormat.Parquet, _) => "application/vnd.apache.parquet",
        (_, FileCompression.Gzip) => "application/gzip",
        (_, FileCompression.Zstd) => "application/zstd",
        (FileFormat.Csv, _) => "text/csv; charset=utf-8",
        _ => "application/x-ndjson",
    };

    private static string Relative(DateOnly day, string deliveryId) =>
        $"run_date={day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}/{deliveryId}";

    private static string Suffix(FileCompression compression) => compression switch
    {
        FileCompression.Gzip => ".gz",
        FileCompression.Zstd => ".zst",
        _ => string.Empty,
    };

    [GeneratedRegex(
        @"^(?<feed>.+)[/\\]run_date=[0-9]{4}-[0-9]{2}-[0-9]{2}[/\\][0-9a-f]{20}\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlacePattern();
}
