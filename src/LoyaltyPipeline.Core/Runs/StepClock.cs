using System.Diagnostics;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Runs;

/// <summary>Times the steps of a run, tells the reporter of them, and names them to the engine.</summary>
/// <param name="activity">What the run does, for the progress line.</param>
/// <param name="expectedSteps">How many steps the run has, for the progress line.</param>
/// <param name="session">The session in which the steps work.</param>
/// <param name="reporter">Hears of each step.</param>
internal sealed class StepClock(string activity, int expectedSteps, IWarehouseSession session, IRunReporter reporter)
{
    private readonly List<StepLog> _steps = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Identifies the run.</summary>
    public string RunId { get; private set; } = Engines.RunId.Create(DateTime.UtcNow);

    /// <summary>When the run began (UTC): the run's one clock.</summary>
    public DateTime StartedAt { get; private set; } = StoredTime.Now;

    public IReadOnlyList<StepLog> Steps => _steps;

    public double Seconds => _clock.Elapsed.TotalSeconds;

    /// <summary>Begins anew, as the run that holds the lock: what was before it was waiting.</summary>
    public void Restart(string runId)
    {
        RunId = runId;
        StartedAt = StoredTime.Now;
        _clock.Restart();
    }

    /// <summary>Runs a step.</summary>
    /// <param name="work">Does the work and returns the rows handled, if rows are its measure.</param>
    public async Task RunAsync(string step, Func<Task<long?>> work)
    {
        reporter.Progress(new RunProgress(activity, step, Math.Min(99, 100 * _steps.Count / expectedSteps)));
        session.Mark($"{RunId} {step}");
        var start = _clock.Elapsed;
        var rows = await work();
        var seconds = (_clock.Elapsed - start).TotalSeconds;
        _steps.Add(
            new StepLog(_steps.Count + 1, step, StoredTime.Truncate(StartedAt + start), seconds, rows, JoinIds(session.TakeQueryIds())));
        reporter.Verbose($"{step}: {seconds:F2} s{(rows is null ? string.Empty : $", {rows} rows")}");
    }

    /// <summary>Runs a step that yields something.</summary>
    /// <param name="rowsOf">The rows handled, if rows are its measure.</param>
    public async Task<T> RunAsync<T>(string step, Func<Task<T>> work, Func<T, long?> rowsOf)
    {
        T? found = default;
        await RunAsync(step, async () => rowsOf(found = await work()));
        return found!;
    }

    private static string? JoinIds(IReadOnlyList<string> ids) => ids.Count == 0 ? null : string.Join(' ', ids);
}
