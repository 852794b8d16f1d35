using LoyaltyPipeline.Core.Warehouses.DuckDb;
using LoyaltyPipeline.Crashes.Works;

namespace LoyaltyPipeline.Crashes;

/// <summary>
/// Kills a process at a random moment of its work, again and again, each time on a fresh copy of the same warehouse. Afterwards the warehouse must open, be in
/// the state that some number of whole units leaves, log included, and the work must go on from there to the same end as if nothing had happened.
/// </summary>
public sealed class KillExperiment : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loyalty-kill-");
    private readonly Work _work;
    private readonly List<WarehouseState> _states = [];
    private TimeSpan _duration;

    private KillExperiment(Work work) => _work = work;

    /// <summary>Names of what can be killed.</summary>
    public static IEnumerable<string> Works => Work.All.Select(work => work.Name);

    private string Prepared => Path.Combine(_folder.FullName, "prepared.duckdb");

    private string Copy => Path.Combine(_folder.FullName, "copy.duckdb");

    private string Landing => Path.Combine(_folder.FullName, "landing");

    /// <summary>Kills some work several times.</summary>
    /// <param name="work">Name of the work.</param>
    /// <param name="kills">How often.</param>
    /// <param name="seed">Decides the moments.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of each kill.</returns>
    public static async Task<IReadOnlyList<KillResult>> RunAsync(string work, int kills, int seed, CancellationToken cancellationToken)
    {
        using var experiment = new KillExperiment(Work.All.Single(candidate => candidate.Name == work));
        await experiment.PrepareAsync(cancellationToken);
        var random = new Random(seed);
        var results = new List<KillResult>();
        while (results.Count < kills)
            results.Add(await experiment.KillAsync(experiment._duration * random.NextDouble(), cancellationToken));
        return results;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _work.PrepareAsync(Prepared, Landing, cancellationToken);
        Renew();
        await using (var warehouse = await DuckDbWarehouse.OpenAsync(Copy, cancellationToken))
            _states.Add(await WarehouseState.ReadAsync(warehouse, cancellationToken));
        await foreach (var warehouse in _work.RunAsync(Copy, Landing, cancellationToken))
            _states.Add(await WarehouseState.ReadAsync(warehouse, cancellationToken));
        if (_states.Distinct().Count() != _states.Count)
            throw new InvalidOperationException($"Some unit of {_work.Name} changes nothing, so that a kill could not be told from its end.");

        Renew();
        _duration = await Victim.RunAsync(_work.Name, Copy, Landing, killAfter: null, cancellationToken);
    }

    private async Task<KillResult> KillAsync(TimeSpan after, CancellationToken cancellationToken)
    {
        Renew();
        await Victim.RunAsync(_work.Name, Copy, Landing, after, cancellationToken);
        int? done = null;
        try
        {
            await using (var warehouse = await DuckDbWarehouse.OpenAsync(Copy, cancellationToken))
            {
                var state = await WarehouseState.ReadAsync(warehouse, cancellationToken);
                done = _states.IndexOf(state);
                if (done < 0)
                    return new KillResult(_work.Name, after, null, $"The warehouse is in a state between units:\n{state}");
            }

            await foreach (var _ in _work.RunAsync(Copy, Landing, cancellationToken))
            {
                // Going on is all that matters.
            }

            return new KillResult(_work.Name, after, done, await DifferenceAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new KillResult(_work.Name, after, done, exception.ToString());
        }
    }

    private async Task<string?> DifferenceAsync(CancellationToken cancellationToken)
    {
        if (File.Exists($"{Copy}.run"))
            return "The file that names the run is still there.";
        await using var warehouse = await DuckDbWarehouse.OpenAsync(Copy, cancellationToken);
        var end = await WarehouseState.ReadAsync(warehouse, cancellationToken);
        return end.Data == _states[^1].Data ? null : $"The end is\n{end.Data}\nand not\n{_states[^1].Data}";
    }

    private void Renew()
    {
        foreach (var file in _folder.GetFiles("copy.*"))
            file.Delete();
        File.Copy(Prepared, Copy);
    }
}
