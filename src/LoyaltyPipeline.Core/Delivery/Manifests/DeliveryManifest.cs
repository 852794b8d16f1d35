using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Planning;

namespace LoyaltyPipeline.Core.Delivery.Manifests;

/// <summary>
/// What a delivery consists of. Written last: where there is a manifest, everything it names is there. Its JSON names are in snake case;
/// <c>module/schemas/manifest.schema.json</c> describes it.
/// </summary>
public sealed record DeliveryManifest
{
    /// <summary>The version of the manifest's format that this module writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the manifest's format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Identifies the delivery.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>Who is sent it.</summary>
    public required string Consumer { get; init; }

    /// <summary>The segment.</summary>
    public required EngagementSegment Segment { get; init; }

    /// <summary>What of the audience is in the files.</summary>
    public required DeliveryMode Mode { get; init; }

    /// <summary>The day that is delivered.</summary>
    public required DateOnly RunDate { get; init; }

    /// <summary>When the delivery was begun (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>The run that wrote the day.</summary>
    public required string RunId { get; init; }

    /// <summary>Hash of the Master_Table.sql that run used; null where it is not known.</summary>
    public required string? MasterScriptSha256 { get; init; }

    /// <summary>Version of the module that delivered.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>
    /// For a Diff the id of the delivery it is to be added to; null for a Full, and for a Diff where nothing was delivered before.
    /// </summary>
    public required string? BaseDeliveryId { get; init; }

    /// <summary>The consumer's settings.</summary>
    public required ManifestSettings Settings { get; init; }

    /// <summary>The columns, in the order of the files.</summary>
    public required IReadOnlyList<ManifestColumn> Columns { get; init; }

    /// <summary>Users who may be sent: the rows a Full has.</summary>
    public required long Audience { get; init; }

    /// <summary>Rows in all files.</summary>
    public required long Rows { get; init; }

    /// <summary>Users who were not with the consumer before.</summary>
    public required long Added { get; init; }

    /// <summary>Users of whom something else is sent now.</summary>
    public required long Changed { get; init; }

    /// <summary>Users who are no longer sent.</summary>
    public required long Removed { get; init; }

    /// <summary>Users of the segment who are not sent, and why.</summary>
    public required LeftOutCounts LeftOut { get; init; }

    /// <summary>The guards that tripped and were told to let the delivery pass.</summary>
    public required IReadOnlyList<string> ForcedGuards { get; init; }

    /// <summary>The files, in order; none for an empty delivery.</summary>
    public required IReadOnlyList<ManifestFile> Files { get; init; }

    /// <summary>What a manifest says of a delivery whose files have been sent.</summary>
    internal static DeliveryManifest Of(
        DeliveryPlan plan, DeliveryRecord delivery, IReadOnlyList<ManifestFile> files, string moduleVersion) => new()
        {
            FormatVersion = CurrentVersion,
            DeliveryId = delivery.DeliveryId,
            Consumer = delivery.Consumer,
            Segment = delivery.EngagementSegment,
            Mode = delivery.Mode,
            RunDate = delivery.Day,
            CreatedAt = delivery.StartedAt,
            RunId = delivery.MergeRunId,
            MasterScriptSha256 = plan.Day.ScriptSha256,
            ModuleVersion = moduleVersion,
            BaseDeliveryId = delivery.BaseDeliveryId,
            Settings = plan.Form.Settings,
            Columns = plan.Form.ManifestColumns(plan.Mode),
            Audience = delivery.Audience,
            Rows = files.Sum(file => file.Rows),
            Added = delivery.Added,
            Changed = delivery.Changed,
            Removed = delivery.Removed,
            LeftOut = delivery.LeftOut,
            ForcedGuards = [.. plan.Guards.Select(guard => guard.Name)],
            Files = files,
        };
}
