using System.Globalization;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Unloading;

namespace LoyaltyPipeline.Core.Warehouses;

/// <summary>How an engine writes files by itself, as data: into a stage, which is its own name for a place where files lie.</summary>
public sealed record StageDialect
{
    /// <summary>The statement that tells of a stage, <c>{0}</c> standing for its name: rows with <c>property</c> and <c>property_value</c>, of which <c>URL</c> is one.</summary>
    public required string DescribeFormat { get; init; }

    /// <summary>The statement that lists files, <c>{0}</c> standing for where: <c>name</c> is the whole address of a file, <c>size</c> its bytes.</summary>
    public required string ListFormat { get; init; }

    /// <summary>
    /// For each format that the engine writes as a manifest promises the statement that writes the rows of a query, in their order, into one file and counts them: <c>{0}</c> stands
    /// for the file, <c>{1}</c> for the query, <c>{2}</c> for the compression and <c>{3}</c> for what stands for NULL.
    /// </summary>
    public required IReadOnlyDictionary<DeliveryFormat, string> UnloadFormats { get; init; }

    /// <summary>How the addresses of stages on S3 begin; what follows is bucket and prefix.</summary>
    public required IReadOnlyList<string> S3Schemes { get; init; }

    /// <summary>How a text literal of the engine writes a backslash.</summary>
    public required string Backslash { get; init; }

    /// <summary>The statement that tells of a stage.</summary>
    /// <param name="stage">Its name.</param>
    /// <returns>The statement.</returns>
    public string Describe(string stage) => Format(DescribeFormat, stage);

    /// <summary>The statement that lists files.</summary>
    /// <param name="location">How their locations begin.</param>
    /// <returns>The statement.</returns>
    public string List(string location) => Format(ListFormat, SqlText.Quote(location));

    /// <summary>The statement that writes a file.</summary>
    /// <param name="location">The file.</param>
    /// <param name="query">Its rows.</param>
    /// <param name="format">How.</param>
    /// <returns>The statement.</returns>
    public string Unload(string location, string query, UnloadFormat format) => Format(
        UnloadFormats[format.Format],
        SqlText.Quote(location),
        query,
        format.Compression.ToString().ToUpperInvariant(),
        SqlText.Quote(format.NullToken.Replace(@"\", Backslash, StringComparison.Ordinal)));

    private static string Format(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
