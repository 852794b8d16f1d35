using LoyaltyPipeline.Core.Delivery.Verification;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Crashes.Deliveries;

/// <summary>
/// Kills a process at random moments of a delivery. What is visible must be whole each time, and the next delivery must complete or replace
/// what it finds and leave no orphan.
/// </summary>
public sealed class DeliveryKillExperiment
{
    private const string Latest = "Marketing/HighlyEngaged/latest.json";

    private readonly DeliveryJob _job;
    private readonly string _temporary;
    private readonly IObjectStore _store;

    private DeliveryKillExperiment(DeliveryJob job, string temporary)
    {
        _job = job;
        _temporary = temporary;
        _store = ObjectStores.Open(job.Destination, job.Settings);
    }

    /// <summary>Kills deliveries.</summary>
    /// <param name="destination">A prefix that nobody else uses: <c>s3://bucket/prefix</c>.</param>
    /// <param name="endpoint">The S3 server.</param>
    /// <param name="profiles">A file with the AWS profile <c>owner</c>.</param>
    /// <param name="kills">How often.</param>
    /// <param name="seed">Decides the moments.</param>
    /// <returns>What came of each kill; the units done are 1 where the killed delivery had been published.</returns>
    public static async Task<IReadOnlyList<KillResult>> RunAsync(
        string destination, Uri endpoint, string profiles, int kills, int seed, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("loyalty-kill-");
        try
        {
            var temporary = folder.CreateSubdirectory("tmp").FullName;
            var job = new DeliveryJob(Path.Combine(folder.FullName, "w.duckdb"), destination, endpoint.AbsoluteUri, profiles);
            await job.PrepareAsync(cancellationToken);
            return await new DeliveryKillExperiment(job, temporary).KillAsync(kills, new Random(seed), cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<IReadOnlyList<KillResult>> KillAsync(int kills, Random random, CancellationToken cancellationToken)
    {
        await VictimAsync(killAfter: null, cancellationToken);
        await _job.ChangeAsync(kills + 1, cancellationToken);
        var duration = await VictimAsync(killAfter: null, cancellationToken);
        var results = new List<KillResult>();
        for (var number = 1; number <= kills; number++)
        {
            await _job.ChangeAsync(number, cancellationToken);
            var before = await LatestAsync(cancellationToken);
            // One in each part of the delivery, so that few kills do not all hit the same.
            var after = duration * ((number - 1 + random.NextDouble()) / kills);
            await VictimAsync(after, cancellationToken);
            var done = await LatestAsync(cancellationToken) == before ? 0 : 1;
            results.Add(new KillResult(DeliveryJob.Name, after, done, await FindFailureAsync(number, cancellationToken)));
        }

        return results;
    }

    private async Task<string?> FindFailureAsync(int number, CancellationToken cancellationToken)
    {
        try
        {
            await VerifyAsync($"{_job.Destination}/{Latest}", cancellationToken);
            // The same delivery again would write over what was left; another one must take it away.
            if (number % 2 == 0)
                await _job.ChangeAsync(number + 500, cancellationToken);
            await VictimAsync(killAfter: null, cancellationToken);
            await VerifyAsync($"{_job.Destination}/{Latest}", cancellationToken);
            return await FindOrphanAsync(cancellationToken) ?? await _job.FindFaultAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return failure.ToString();
        }
    }

    private async Task VerifyAsync(string location, CancellationToken cancellationToken)
    {
        await foreach (var check in DeliveryVerifier.VerifyAsync(location, _job.Settings, new QuietReporter(), cancellationToken))
        {
            if (!check.Passed)
                throw new InvalidOperationException(check.ToString());
        }
    }

    private async Task<string?> FindOrphanAsync(CancellationToken cancellationToken)
    {
        if (Directory.EnumerateFileSystemEntries(_temporary, ".loyalty-delivery-*").FirstOrDefault() is { } left)
            return $"{left} is still there.";
        await foreach (var upload in _store.ListUnfinishedAsync(string.Empty, cancellationToken))
            return $"The upload of {upload.Key} is still open.";
        var keys = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var entry in _store.ListAsync(string.Empty, cancellationToken))
            keys.Add(entry.Key);
        return keys.FirstOrDefault(key => key != Latest && !keys.Contains($"{key[..key.LastIndexOf('/')]}/manifest.json")) is { } orphan
            ? $"{orphan} belongs to no delivery."
            : null;
    }

    private async Task<string?> LatestAsync(CancellationToken cancellationToken) =>
        (await _store.ReadAsync(Latest, cancellationToken))?.Version;

    private Task<TimeSpan> VictimAsync(TimeSpan? killAfter, CancellationToken cancellationToken) => Victim.RunAsync(
        [DeliveryJob.Name, _job.Warehouse, _job.Destination, _job.Endpoint, _job.Profiles], killAfter, cancellationToken,
        ("TMPDIR", _temporary));
}
