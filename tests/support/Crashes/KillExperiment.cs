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
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of each kill.</returns>
    public static async Task<IReadOnlyList<KillResult>> RunAsync(string work, int kills, int seed, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("loyalty-kill-");
        try
        {
            var temporary = folder.CreateSubdirectory("tmp").FullName;
            var trial = await Trial.PrepareAsync(folder.FullName, Work.Named(work), cancellationToken);
            var duration = TimeSpan.Zero;
            var (_, failure) = await trial.DisturbAsync(async () => duration = await VictimAsync(null), mayBeLogged: false, cancellationToken);
            if (failure is not null)
                throw new InvalidOperationException(failure);

            var random = new Random(seed);
            var results = new List<KillResult>();
            while (results.Count < kills)
            {
                var after = duration * random.NextDouble();
                var (done, wrong) = await trial.DisturbAsync(() => VictimAsync(after), mayBeLogged: false, cancellationToken);
                results.Add(new KillResult(work, after, done, wrong));
            }

            // Files that a killed process was reading hold personal data. The next one takes them away.
            await trial.DisturbAsync(() => VictimAsync(null), mayBeLogged: false, cancellationToken);
            if (Directory.EnumerateFileSystemEntries(temporary, ".loyalty-*").FirstOrDefault() is { } left)
                results[^1] = results[^1] with { Failure = $"{left} is still there." };
            return results;

            Task<TimeSpan> VictimAsync(TimeSpan? killAfter) => Victim.RunAsync([work, trial.Warehouse, trial.Landing], killAfter, cancellationToken, ("TMPDIR", temporary));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
