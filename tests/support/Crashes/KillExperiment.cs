using LoyaltyPipeline.Crashes.Works;

namespace LoyaltyPipeline.Crashes;

/// <summary>Kills a process at random moments of its work, and looks each time what is left and whether the work can go on.</summary>
public static class KillExperiment
{
    /// <summary>Names of what can be killed.</summary>
    public static IEnumerable<string> Works => Work.All.Select(work => work.Name);

    /// <summary>Kills some work several times.</summary>
    /// <param name="work">Name of the work.</param>
    /// <param name="kills">How often.</param>
    /// <param name="seed">Decides the moments.</param>
    /// <returns>What came of each kill.</returns>
    public static async Task<IReadOnlyList<KillResult>> RunAsync(string work, int kills, int seed, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("loyalty-kill-");
        try
        {
            var temporary = folder.CreateSubdirectory("tmp").FullName;
            var trial = await Trial.PrepareAsync(folder.FullName, Work.Named(work), cancellationToken);
            var duration = await UndisturbedAsync();
            var random = new Random(seed);
            var results = new List<KillResult>();
            for (var kill = 0; kill < kills; kill++)
            {
                // One in each part of the work, so that few kills do not all hit the same.
                var after = duration * ((kill + random.NextDouble()) / kills);
                var (done, wrong) = await trial.DisturbAsync(() => VictimAsync(after), mayBeLogged: false, cancellationToken);
                results.Add(new KillResult(work, after, done, wrong));
            }

            // Files that a killed process was reading hold personal data. The next one takes them away.
            if (Directory.EnumerateFileSystemEntries(temporary, ".loyalty-*").Any())
                await UndisturbedAsync();
            return Directory.EnumerateFileSystemEntries(temporary, ".loyalty-*").FirstOrDefault() is { } left
                ? throw new InvalidOperationException($"{left} is still there.")
                : results;

            async Task<TimeSpan> UndisturbedAsync()
            {
                var lived = TimeSpan.Zero;
                var (_, failure) = await trial.DisturbAsync(
                    async () => lived = await VictimAsync(null), mayBeLogged: false, cancellationToken);
                return failure is null ? lived : throw new InvalidOperationException(failure);
            }

            Task<TimeSpan> VictimAsync(TimeSpan? killAfter) =>
                Victim.RunAsync([work, trial.Warehouse, trial.Landing], killAfter, cancellationToken, ("TMPDIR", temporary));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
