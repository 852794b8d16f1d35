using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Quality;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Warehouses.DuckDb;

namespace LoyaltyPipeline.Core.Samples;

/// <summary>One run that puts a sample into the source tables, in place of what they hold.</summary>
internal sealed class SampleRun(PipelineDefinition pipeline, DuckDbSession session, SampleOptions options, IRunReporter reporter)
{
    private readonly StepClock _clock = new("Writing the sample", expectedSteps: 3, session, reporter);
    private long _deleted;
    private long _inserted;

    public string RunId { get => _clock.RunId; init => _clock.RunId = value; }

    /// <summary>How long was waited for another run before this one began.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>Does the run.</summary>
    public async Task<SampleResult> ExecuteAsync(CancellationToken cancellationToken)
    {
        await session.BeginAsync(cancellationToken);
        await _clock.RunAsync("Empty", async () => await EmptyAsync(cancellationToken));
        SampleResult? result = null;
        await _clock.RunAsync("Write", async () =>
        {
            // One connection takes one appender at a time, so tables are written one after another.
            result = await SampleWriter.WriteAsync(
                options with { Threads = 1 },
                (table, _) => new AppenderRowSink(session.Connection, catalog: null, table.Split('.')[0], table.Split('.')[1]),
                new SampleReport(reporter),
                cancellationToken);
            return _inserted = result.Rows;
        });
        await RunLog.WriteAsync(session, Record(RunStatus.Succeeded), cancellationToken);
        await _clock.RunAsync("Commit", async () => { await session.CommitAsync(cancellationToken); return null; });
        return result! with { RunId = RunId };
    }

    /// <summary>The run as the log keeps it.</summary>
    public RunRecord Record(RunStatus status) => new()
    {
        RunId = RunId,
        Kind = RunKind.Import,
        Status = status,
        StartedAt = _clock.StartedAt,
        WaitedSeconds = Waited.TotalSeconds,
        Seconds = _clock.Seconds,
        Inserted = status == RunStatus.Succeeded ? _inserted : 0,
        Deleted = status == RunStatus.Succeeded ? _deleted : 0,
        ModuleVersion = pipeline.ModuleVersion,
        Steps = _clock.Steps,
    };

    private async Task<long> EmptyAsync(CancellationToken cancellationToken)
    {
        foreach (var source in pipeline.Catalog.Sources)
        {
            _deleted += await session.ExecuteAsync($"DELETE FROM {source.Name}", [], cancellationToken);
            await OpenRows.ResolveAsync(session, source, RunId, files: [], relations: [], cancellationToken);
        }

        return _deleted;
    }
}
