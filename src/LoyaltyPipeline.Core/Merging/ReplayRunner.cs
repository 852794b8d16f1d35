using System.Diagnostics;
using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Erasure;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>
/// Writes a range of days, each in a transaction and with a run of its own. The days share the lock, the session, the attached files of
/// sources and the judgement of sources that hold nothing to reject; what is interrupted keeps the days that are done.
/// </summary>
/// <param name="pipeline">The catalog, the script and the settings.</param>
public sealed class ReplayRunner(PipelineDefinition pipeline)
{
    /// <summary>Writes the days, the earliest first.</summary>
    /// <param name="options">The days and how to treat them.</param>
    /// <param name="cancellationToken">Stops after the statement at hand; the day at hand is left as it was.</param>
    /// <returns>What was done, day by day.</returns>
    /// <exception cref="LoyaltyException"><c>RunDatesReversed</c>; <c>GuardTripped</c>, before any day is written where the last one lies
    /// in the future; and those of <see cref="MergeRunner.RunAsync"/>.</exception>
    public async IAsyncEnumerable<MergeResult> RunAsync(
        IWarehouse warehouse, ReplayOptions options, IRunReporter reporter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.From > options.To)
            throw LoyaltyErrors.RunDatesReversed.Because(
                $"The first day, {options.From:yyyy-MM-dd}, lies after the last, {options.To:yyyy-MM-dd}.", options.From);
        MergeGuards.DemandNextDay(options.To);
        // Not only when the replay gets there, after hours and with the days before written.
        var ahead = MergeGuards.CheckDay(options.To, DateOnly.FromDateTime(DateTime.UtcNow));
        if (ahead.Count > 0 && !options.Force)
            throw MergeGuards.Refuse(ahead, options.To, pipeline.Catalog.Users);
        await using var opened = await PipelineSession.OpenAsync(warehouse, pipeline, options.LockWait, reporter, cancellationToken);
        var tables = await SchemaReader.RequireInitializedAsync(opened.Session, pipeline.Config.OtherDatabases, cancellationToken);
        await using var runLock = await RunLock.TakeAsync(warehouse, options.LockWait, reporter, cancellationToken);

        var days = await DaysAsync(opened.Session, options, cancellationToken);
        if (days.Count == 0)
            yield break;
        if ((await SnapshotDay.LocateAsync(opened.Session, days[^1], cancellationToken)).Notice is { } notice)
            reporter.Warning(notice);
        var script = MasterScript.Read(pipeline.MasterScriptPath);
        script.DemandDeclared(pipeline.Catalog);
        await SourceRelation.DemandReadableAsync(opened.Session, pipeline, tables, cancellationToken);
        var erased = await ErasedInSources.FindAsync(opened.Session, pipeline, tables, cancellationToken);
        erased?.Report(reporter);
        var clean = await CleanSources.FindAsync(opened.Session, pipeline.Catalog, days[^1], RelationOf, cancellationToken);
        foreach (var source in clean.Empty.Where(source => !source.Required))
            reporter.Warning(SourceRelation.NothingKnown(source, pipeline, tables, days[^1]));
        foreach (var unknown in pipeline.Catalog.Sources.Select(source => SourceRelation.ColumnsUnknown(source, pipeline, tables))
            .OfType<string>())
            reporter.Warning(unknown);
        var replay = new ReplayReporter(days.Count, reporter);
        var context = new RunContext(pipeline, warehouse, opened.Session, replay);
        foreach (var day in days)
        {
            yield return await new MergeRun(context, script, new MergeOptions(day, options.Force), clean, erased)
                .RunLoggedAsync(cancellationToken);
            replay.DayDone();
        }

        string RelationOf(CatalogTable source) => SourceRelation.Of(
            source, pipeline.Config, tables, opened.Session.Dialect, days[^1], erased);
    }

    private static async Task<List<DateOnly>> DaysAsync(
        IWarehouseSession session, ReplayOptions options, CancellationToken cancellationToken)
    {
        var days = Enumerable.Range(0, options.To.DayNumber - options.From.DayNumber + 1).Select(options.From.AddDays);
        return options.OnlyMissing ? [.. days.Except(await SnapshotDay.ListAsync(session, cancellationToken))] : [.. days];
    }

    /// <summary>Tells how far a replay is as a whole.</summary>
    /// <param name="days">How many days the replay writes.</param>
    private sealed class ReplayReporter(int days, IRunReporter reporter) : IRunReporter
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private int _done;

        /// <summary>Notes that a day is done.</summary>
        public void DayDone() => _done++;

        /// <inheritdoc/>
        public void Progress(RunProgress progress)
        {
            var left = _done == 0 ? (TimeSpan?)null : _clock.Elapsed / _done * (days - _done);
            reporter.Progress(new RunProgress($"{progress.Activity}, day {_done + 1} of {days}", progress.Step, 100 * _done / days, left));
        }

        /// <inheritdoc/>
        public void Warning(string message) => reporter.Warning(message);

        /// <inheritdoc/>
        public Task SettleAsync(CancellationToken cancellationToken) => reporter.SettleAsync(cancellationToken);

        /// <inheritdoc/>
        public void Verbose(string message) => reporter.Verbose(message);
    }
}
