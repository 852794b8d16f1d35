using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Delivery.Files;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Hashing;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Verification;

/// <summary>The checks of one delivery, and what they have found so far.</summary>
internal sealed class DeliveryVerification(DeliveryManifest manifest)
{
    private const long Tolerance = 1 << 20;

    private readonly List<FileContent> _contents = [];
    private readonly Dictionary<string, long> _sizes = new(StringComparer.Ordinal);
    private bool _isReadInPart;

    /// <summary>How far it is.</summary>
    public int PercentDone => 100 * _contents.Count / Math.Max(manifest.Files.Count, 1);

    /// <summary>Whether the manifest can be understood and is the one that was meant.</summary>
    public DeliveryCheck CheckManifest(DeliveryPlace place)
    {
        if (manifest.FormatVersion != DeliveryManifest.CurrentVersion)
            return Of(
                null, "Manifest", passed: false,
                $"its format has version {manifest.FormatVersion}, where {DeliveryManifest.CurrentVersion} is known");
        if (place.Latest is { } latest
            && (latest.DeliveryId != manifest.DeliveryId || latest.ManifestSha256 != TextHash.Sha256(place.Manifest)))
            return Of(null, "Manifest", passed: false, $"it is not the one that {DeliveryLayout.LatestName} speaks of");
        return Of(
            null, "Manifest", passed: true,
            $"{manifest.Mode} of {manifest.RunDate:yyyy-MM-dd}, {manifest.Rows} rows in {manifest.Files.Count} files");
    }

    /// <summary>Whether there are just the files that the manifest names.</summary>
    public async Task<DeliveryCheck> CheckFileSetAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        await foreach (var entry in store.ListAsync(string.Empty, cancellationToken))
            _sizes[entry.Key] = entry.Bytes;
        var expected = manifest.Files.Select(file => file.Name).Append(DeliveryLayout.ManifestName).ToList();
        var extra = _sizes.Keys.Except(expected, StringComparer.Ordinal).ToList();
        var missing = expected.Except(_sizes.Keys, StringComparer.Ordinal).ToList();
        return extra.Count + missing.Count == 0
            ? Of(null, "Files", passed: true, $"{manifest.Files.Count} files and the manifest")
            : Of(
                null, "Files", passed: false,
                string.Join("; ", new[] { Said("missing", missing), Said("not in the manifest", extra) }.OfType<string>()));
    }

    /// <summary>Whether what a Diff is to be added to lies beside it.</summary>
    /// <param name="feed">The folder of all deliveries of the segment.</param>
    /// <param name="baseId">What it is to be added to.</param>
    public async Task<DeliveryCheck> CheckBaseAsync(IObjectStore feed, string baseId, CancellationToken cancellationToken)
    {
        var end = $"/{DeliveryLayout.ManifestKey(baseId)}";
        var key = await feed.ListAsync("run_date=", cancellationToken).Select(entry => entry.Key)
            .FirstOrDefaultAsync(key => key.EndsWith(end, StringComparison.Ordinal), cancellationToken);
        var found = key is null
            ? null
            : await StoredDelivery.FindAsync(feed, key[..^(DeliveryLayout.ManifestName.Length + 1)], cancellationToken);
        return Of(
            null, "Base", found is { Fault: null },
            $"{baseId}, to which it is to be added, {(found is null ? "is not there" : found.Fault ?? "is there")}");
    }

    /// <summary>The size of a file where it lies; null where it is not there.</summary>
    public long? SizeOf(ManifestFile file) => _sizes.TryGetValue(file.Name, out var bytes) ? bytes : null;

    /// <summary>
    /// Whether a file is so much larger than it may be that it is not to be copied. What was changed a little is read, so that it can be
    /// said what is wrong with it.
    /// </summary>
    public static bool MayFillDisk(ManifestFile file, long bytes) => bytes > (2 * file.Bytes) + Tolerance;

    /// <summary>A file that is much larger than it may be: it is not copied, and cannot have the hash of the manifest.</summary>
    public IReadOnlyList<DeliveryCheck> TooLarge(ManifestFile file, long bytes)
    {
        _isReadInPart = true;
        return
        [
            Of(file, "Size", passed: false, $"{bytes} bytes where the manifest says {file.Bytes}"),
            Of(file, "Sha256", passed: false, $"it is not {file.Sha256}: the file is larger, and was not read"),
        ];
    }

    /// <summary>A file that is not there.</summary>
    public DeliveryCheck Missing(ManifestFile file) => Of(file, "Size", passed: false, "it is not there");

    /// <summary>Whether a file is what the manifest says.</summary>
    public async Task<IReadOnlyList<DeliveryCheck>> CheckFileAsync(
        IWarehouseSession session, ManifestFile file, string path, CancellationToken cancellationToken)
    {
        var bytes = new FileInfo(path).Length;
        var hash = await FileDigest.Sha256Async(path, cancellationToken);
        var checks = new List<DeliveryCheck>
        {
            Of(
                file, "Size", bytes == file.Bytes,
                bytes == file.Bytes ? $"{bytes} bytes" : $"{bytes} bytes where the manifest says {file.Bytes}"),
            Of(file, "Sha256", hash == file.Sha256, hash == file.Sha256 ? hash : $"{hash} where the manifest says {file.Sha256}"),
        };
        try
        {
            var delivered = new DeliveredFile(session, manifest.Settings, manifest.Columns, manifest.Mode, path);
            checks.Add(CheckColumns(file, await delivered.ColumnsAsync(cancellationToken), delivered.ExpectedColumns()));
            checks.AddRange(CheckContent(file, await delivered.ReadAsync(cancellationToken)));
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.QueryFailed)
        {
            // The engine's message would show the value.
            checks.Add(
                Of(
                    file, "Rows", passed: false,
                    $"it cannot be read as {manifest.Settings.Format} with the columns and types of the manifest"));
        }

        return checks;
    }

    /// <summary>Whether the files together are what the manifest says; null where one was not read.</summary>
    public DeliveryCheck? CheckTotals()
    {
        if (_isReadInPart)
            return null;
        var rows = _contents.Sum(content => content.Rows);
        if (rows != manifest.Rows)
            return Of(null, "Totals", passed: false, $"{rows} rows where the manifest says {manifest.Rows}");
        if (manifest.Mode == DeliveryMode.Full)
            return Of(null, "Totals", rows == manifest.Audience, $"{rows} rows for an audience of {manifest.Audience}");
        var changes = new DeliveryChanges(
            _contents.Sum(content => content.Changes.Added), _contents.Sum(content => content.Changes.Changed),
            _contents.Sum(content => content.Changes.Removed));
        return Of(
            null, "Totals", changes == new DeliveryChanges(manifest.Added, manifest.Changed, manifest.Removed),
            $"{changes.Added} added, {changes.Changed} changed, {changes.Removed} removed; the manifest says {manifest.Added}, {manifest.Changed}, {manifest.Removed}");
    }

    private DeliveryCheck CheckColumns(
        ManifestFile file, IReadOnlyList<string> found,
        IReadOnlyList<string> expected) => found.SequenceEqual(expected, StringComparer.Ordinal)
        ? Of(file, "Columns", passed: true, $"{found.Count} columns")
        // Not what was found: where a header is missing, that is somebody's row.
        : Of(
            file, "Columns", passed: false,
            $"{found.Count} columns, not the {expected.Count} of the manifest{(expected.Except(found, StringComparer.Ordinal).ToList() is { Count: > 0 } missing ? $"; missing: {SqlText.List(missing)}" : " in their order")}");

    private IEnumerable<DeliveryCheck> CheckContent(ManifestFile file, FileContent content)
    {
        var follows = _contents.Count == 0 || content.FirstUser > _contents[^1].LastUser;
        _contents.Add(content);
        yield return Of(
            file, "Rows", content.Rows == file.Rows,
            content.Rows == file.Rows ? $"{content.Rows} rows" : $"{content.Rows} rows where the manifest says {file.Rows}");
        yield return Of(
            file, "Order", content.Unordered == 0 && follows,
            content.Unordered > 0
                ? $"{content.Unordered} rows are not in the order of users"
                : follows ? "in the order of users" : "its users do not follow those of the file before");
    }

    private DeliveryCheck Of(ManifestFile? file, string check, bool passed, string detail) =>
        new(manifest.DeliveryId, file?.Name, check, passed, detail);

    private static string? Said(string what, List<string> names) => names.Count == 0 ? null : $"{what}: {SqlText.List(names)}";
}
