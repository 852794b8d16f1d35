using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Clearing;

/// <summary>What lies in the folder of one delivery.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Uploads">Its unfinished uploads.</param>
internal sealed partial record DeliveryFolder(string Path, IReadOnlyList<StoredObject> Objects, IReadOnlyList<UnfinishedUpload> Uploads)
{
    public string DeliveryId => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The folder of all deliveries of the segment.</summary>
    public string FeedFolder => Path.Split("/run_date=", 2)[0];

    public string ManifestKey => DeliveryLayout.ManifestKey(Path);

    /// <summary>Whether it has one.</summary>
    public bool HasManifest => Objects.Any(entry => entry.Key == ManifestKey);

    /// <summary>Whether there is anything in it.</summary>
    public bool HasContent => Objects.Count + Uploads.Count > 0;

    /// <summary>When something in it was last stored or begun (UTC).</summary>
    public DateTime TouchedAt => Objects.Select(entry => entry.ModifiedAt).Concat(Uploads.Select(upload => upload.StartedAt)).Max();

    /// <summary>
    /// Sorts what lies in a store by deliveries. Whatever does not lie in the folder of one is not theirs, and not looked at.
    /// </summary>
    public static async Task<IReadOnlyList<DeliveryFolder>> ListAsync(
        IObjectStore store, string prefix, CancellationToken cancellationToken)
    {
        var objects = await store.ListAsync(prefix, cancellationToken).ToListAsync(cancellationToken);
        var uploads = await store.ListUnfinishedAsync(prefix, cancellationToken).ToListAsync(cancellationToken);
        var entriesOf = objects.ToLookup(entry => FolderOf(entry.Key), StringComparer.Ordinal);
        var uploadsOf = uploads.ToLookup(upload => FolderOf(upload.Key), StringComparer.Ordinal);
        var folders = entriesOf.Select(group => group.Key).Union(uploadsOf.Select(group => group.Key), StringComparer.Ordinal)
            .OfType<string>();
        return [.. folders.Order(StringComparer.Ordinal)
            .Select(folder => new DeliveryFolder(folder, [.. entriesOf[folder]], [.. uploadsOf[folder]]))];
    }

    private static string? FolderOf(string key) => Pattern().Match(key) is { Success: true } match ? match.Groups["folder"].Value : null;

    [GeneratedRegex(
        @"^(?<folder>[^/]+/[^/]+/run_date=[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9a-f]{20})/[^/]+\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
