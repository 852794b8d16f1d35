using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Crashes.Works;

namespace LoyaltyPipeline.Crashes;

/// <summary>
/// Disturbs some work, again and again, each time on a fresh copy of the same warehouse. Afterwards the warehouse must open, be in the
/// state that some number of whole units leaves, log included, and the work must go on from there to the same end as if nothing had
/// happened.
/// </summary>
internal sealed class Trial
{
    private readonly string _folder;
    private readonly Work _work;
    private readonly List<WarehouseState> _states;

    private Trial(string folder, Work work, IReadOnlyList<WarehouseState> states)
    {
        _folder = folder;
        _work = work;
        _states = [.. states];
    }

    /// <summary>The warehouse on which the work is done.</summary>
    public string Warehouse => Path.Combine(_folder, "copy.duckdb");

    public string Landing => Path.Combine(_folder, "landing");

    private string Prepared => Path.Combine(_folder, "prepared.duckdb");

    /// <summary>Prepares the warehouse.</summary>
    public static async Task<Trial> PrepareAsync(string folder, Work work, CancellationToken cancellationToken)
    {
        var preparation = await Preparation.OfAsync(work);
        var trial = new Trial(folder, work, preparation.States);
        await preparation.WriteAsync(trial.Prepared, trial.Landing, cancellationToken);
        return trial;
    }

    /// <summary>Disturbs the work and looks what is left.</summary>
    /// <param name="disturb">Does the work, or a part of it, on <see cref="Warehouse"/>.</param>
    /// <param name="mayBeLogged">Whether the run may have lived to log its own failure.</param>
    /// <returns>How many units were found done, null where the warehouse is in no state in which it may be; and what was wrong, null where
    /// all was well.</returns>
    public async Task<(int? UnitsDone, string? Failure)> DisturbAsync(
        Func<Task> disturb, bool mayBeLogged, CancellationToken cancellationToken)
    {
        Renew();
        int? done = null;
        try
        {
            await disturb();
            await using (var warehouse = await DuckDbWarehouse.OpenAsync(Warehouse, cancellationToken))
            {
                var state = await WarehouseState.ReadAsync(warehouse, cancellationToken);
                var index = _states.FindIndex(known => mayBeLogged ? known.Data == state.Data : known == state);
                if (index < 0)
                    return (null, $"The warehouse is in a state between units:\n{state}");
                done = index;
            }

            if (done == _states.Count - 1)
                return (done, await DifferenceAsync(cancellationToken));
            await foreach (var _ in _work.RunAsync(Warehouse, Landing, cancellationToken))
            {
                // Going on is all that matters.
            }

            // What was killed when everything was done leaves it, and no later run has taken it away.
            return (
                done,
                File.Exists($"{Warehouse}.run") ? "The file that names the run is still there." : await DifferenceAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return (done, exception.ToString());
        }
    }

    private async Task<string?> DifferenceAsync(CancellationToken cancellationToken)
    {
        await using var warehouse = await DuckDbWarehouse.OpenAsync(Warehouse, cancellationToken);
        var end = await WarehouseState.ReadAsync(warehouse, cancellationToken);
        return end.Data == _states[^1].Data ? null : $"The end is\n{end.Data}\nand not\n{_states[^1].Data}";
    }

    private void Renew()
    {
        // Not "copy.*", by which Wine finds nothing.
        foreach (var file in Directory.GetFiles(_folder, "copy*"))
            File.Delete(file);
        File.Copy(Prepared, Warehouse);
    }
}
