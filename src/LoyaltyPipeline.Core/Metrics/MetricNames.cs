using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Consumers;

namespace LoyaltyPipeline.Core.Metrics;

/// <summary>What metrics are called, in METRIC and in the ids of the checks that watch them.</summary>
public static class MetricNames
{
    /// <summary>Users in Master; by region too.</summary>
    public const string Users = "users";

    /// <summary>Mean ENGAGEMENT_SCORE of the users who have one; by region too.</summary>
    public const string MeanScore = "mean_score";

    /// <summary>Source rows that the merge rejected.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>Seconds that the merge took until it wrote its metrics.</summary>
    public const string RunSeconds = "run_seconds";

    /// <summary>Begins the users of a segment; by region too.</summary>
    public const string SegmentPrefix = "users.";

    /// <summary>Begins the share, 0 to 1, of users who have NULL in a column of Master.</summary>
    public const string NullSharePrefix = "null_share.";

    /// <summary>Begins the rows of a source whose day is the day merged; all its rows, where rows have no such day.</summary>
    public const string SourceRowsPrefix = "source_rows.";

    /// <summary>Begins the rows that the merge rejected of a source.</summary>
    public const string QuarantinedPrefix = "quarantined.";

    /// <summary>Begins the audience of a delivery. These are written by deliveries, all others by merges.</summary>
    public const string DeliveryRowsPrefix = "delivery_rows.";

    /// <summary>Stands for all regions together.</summary>
    public const string AllRegions = "*";

    /// <summary>Stands for users without region.</summary>
    public const string NoRegion = "(none)";

    /// <summary>Stands for users whose region REGION_METADATA does not know.</summary>
    public const string UnknownRegion = "(unknown)";

    /// <summary>The users of a segment.</summary>
    /// <returns>For example <c>users.highly_engaged</c>.</returns>
    public static string UsersOf(EngagementSegment segment) =>
        SegmentPrefix + SegmentNames.Of(segment).Replace(' ', '_').ToLowerInvariant();

    /// <summary>The share of users who have NULL in a column.</summary>
    /// <param name="column">The column of Master.</param>
    /// <returns>For example <c>null_share.email</c>.</returns>
    public static string NullShareOf(CatalogColumn column) => NullSharePrefix + column.Name.ToLowerInvariant();

    /// <summary>The day's rows of a source.</summary>
    /// <returns>For example <c>source_rows.DW_A.USER_ACTIVITY</c>.</returns>
    public static string SourceRowsOf(CatalogTable source) => SourceRowsPrefix + source.Name;

    /// <summary>The rejected rows of a source.</summary>
    /// <returns>For example <c>quarantined.DW_A.USER_ACTIVITY</c>.</returns>
    public static string QuarantinedOf(CatalogTable source) => QuarantinedPrefix + source.Name;

    /// <summary>The audience of a delivery.</summary>
    /// <param name="consumer">Name of the consumer.</param>
    /// <returns>For example <c>delivery_rows.Marketing.HighlyEngaged</c>.</returns>
    public static string DeliveryRowsOf(string consumer, EngagementSegment segment) => $"{DeliveryRowsPrefix}{consumer}.{segment}";

    /// <summary>
    /// All metrics of a pipeline. A consumer has that of its own segment, even though it may be delivered another for once.
    /// </summary>
    /// <returns>The names, each once.</returns>
    public static IReadOnlyList<string> Of(LoyaltyCatalog catalog, IEnumerable<Consumer> consumers) =>
    [
        Users,
        .. Enum.GetValues<EngagementSegment>().Select(UsersOf),
        MeanScore,
        .. NullableColumns(catalog.Master).Select(NullShareOf),
        .. catalog.Sources.Select(SourceRowsOf),
        Quarantined,
        .. catalog.Sources.Select(QuarantinedOf),
        RunSeconds,
        .. consumers.Select(consumer => DeliveryRowsOf(consumer.Name, consumer.Segment)),
    ];

    /// <summary>The columns of Master that have a share of NULL.</summary>
    /// <param name="master">The Master table.</param>
    internal static IReadOnlyList<CatalogColumn> NullableColumns(CatalogTable master) =>
        [.. master.Columns.Where(column => column.Nullable)];
}
