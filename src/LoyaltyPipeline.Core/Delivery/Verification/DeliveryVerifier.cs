using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Stores.S3;

namespace LoyaltyPipeline.Core.Delivery.Verification;

/// <summary>Verifies deliveries where they lie, without the warehouse they came from.</summary>
public static class DeliveryVerifier
{
    /// <summary>Verifies a delivery.</summary>
    /// <param name="location">The place of its manifest.json or of the folder that holds it; or of a latest.json or its folder.</param>
    /// <param name="settings">How an S3 server is reached.</param>
    /// <param name="reporter">Hears which file is at hand.</param>
    /// <returns>The checks, as they are made. Every check is made, whatever the others found.</returns>
    /// <exception cref="LoyaltyException"><c>DeliveryNotFound</c>, <c>ManifestInvalid</c>, and those of the store, whose ids begin with
    /// <c>Destination</c>.</exception>
    public static async IAsyncEnumerable<DeliveryCheck> VerifyAsync(
        string location, S3Settings settings, IRunReporter reporter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = await DeliveryPlace.FindAsync(location, settings, cancellationToken);
        var manifest = ManifestJson.ReadManifest(place.Manifest, DestinationText.At(place.Folder, DeliveryLayout.ManifestName));
        var verification = new DeliveryVerification(manifest);
        yield return verification.CheckManifest(place);

        await using var store = ObjectStores.Open(place.Folder, settings);
        yield return await verification.CheckFileSetAsync(store, cancellationToken);
        if (manifest.BaseDeliveryId is { } baseId && DeliveryLayout.FeedOf(place.Folder) is { } feedFolder)
        {
            await using var feed = ObjectStores.Open(feedFolder, settings);
            yield return await verification.CheckBaseAsync(feed, baseId, cancellationToken);
        }

        using (var folder = ScratchFolder.Temporary("verify"))
        {
            await using var engine = await DuckDbWarehouse.OpenAsync(":memory:", cancellationToken);
            await using var session = await engine.OpenSessionAsync(cancellationToken);
            foreach (var file in manifest.Files)
            {
                reporter.Progress(new RunProgress($"Verifying {manifest.DeliveryId}", file.Name, verification.PercentDone));
                if (verification.SizeOf(file) is { } bytes && DeliveryVerification.MayFillDisk(file, bytes))
                {
                    foreach (var check in verification.TooLarge(file, bytes))
                        yield return check;
                    continue;
                }

                var path = Path.Combine(folder.Path, file.Name);
                if (verification.SizeOf(file) is null || !await store.DownloadAsync(file.Name, path, cancellationToken))
                {
                    yield return verification.Missing(file);
                    continue;
                }

                foreach (var check in await verification.CheckFileAsync(session, file, path, cancellationToken))
                    yield return check;
                PatientFiles.Discard(path);
            }
        }

        if (verification.CheckTotals() is { } totals)
            yield return totals;
    }
}
