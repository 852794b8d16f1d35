using System.Diagnostics;
using System.Globalization;
using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Erasure;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity.Checks;
using LoyaltyPipeline.Core.Integrity.Scanning;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Integrity;

/// <summary>One test run: scans each table once for all of its checks, then judges.</summary>
internal sealed class IntegrityRun(RunContext place, IReadOnlyList<Check> checks, IntegrityOptions options)
    : RunFrame<IReadOnlyList<CheckResult>>(place, RunKind.Test, "Testing integrity", expectedSteps: 3)
{
    // What names a row may be what it lacks.
    private const string NoName = "(a row without its key)";

    private readonly ReadSnapshot _snapshot = new(place.Session);
    private readonly List<CheckResult> _results = [];

    protected override IEnumerable<string> OtherDatabases => Pipeline.Config.OtherDatabases;

    /// <summary>Checks, and keeps no results.</summary>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public async Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken)
    {
        var tables = await TablesAsync(cancellationToken);
        var unreadable = await SourceRelation.FindUnreadableAsync(Session, Pipeline, tables, cancellationToken)
            .ToListAsync(cancellationToken);
        var erased = await ErasedInSources.FindAsync(Session, Pipeline, tables, cancellationToken);
        await _snapshot.BeginAsync(cancellationToken);
        var context = new CheckContext(Pipeline, Session, options, tables, await NewestMerge.FindAsync(Session, cancellationToken))
        {
            Erased = erased,
        };
        foreach (var (source, failure) in unreadable)
            context.KeepUnreadable(source.Name, failure);
        var able = checks.Where(check => context.Lack(check) is null).ToList();
        await Clock.RunAsync("Scan", () => ScanAsync(able, context, cancellationToken));
        await Clock.RunAsync("References", () => LookUpAsync(able, context, cancellationToken));
        await Clock.RunAsync("Check", async () =>
        {
            foreach (var check in checks)
            {
                // A check that takes long is seen by its name.
                Reporter.Progress(new RunProgress("Testing integrity", check.Definition.Id, Percent: null));
                _results.Add(await RunAsync(check, context, cancellationToken));
            }

            return _results.Count;
        });
        await Session.RollbackAsync();
        return _results;
    }

    protected override RunFindings Findings => new();

    protected override AuditChain Chain => AuditChain.Beside;

    protected override AuditParameters Parameters => new()
    {
        { "suites", options.Suites.Select(suite => suite.ToString()) },
        { "checks", options.Checks },
        { "tables", options.Tables },
        { "deliveries", options.IncludeDeliveries },
        { "not_passed", _results.Count(result => result.Status is not (CheckStatus.Passed or CheckStatus.Skipped)) },
    };

    protected override async Task<IReadOnlyList<CheckResult>> WorkAsync(CancellationToken cancellationToken)
    {
        var results = await CheckAsync(cancellationToken);
        await CheckResultLog.CompleteAsync(Session, results, cancellationToken);
        await AuditLog.InTransactionAsync(
            Session,
            async () =>
            {
                await CheckResultLog.WriteAsync(Session, results, cancellationToken);
                await LogSuccessAsync(cancellationToken);
            },
            cancellationToken);
        return results;
    }

    private async Task<long?> ScanAsync(IReadOnlyList<Check> checks, CheckContext context, CancellationToken cancellationToken)
    {
        var scanner = new TableScanner(context, _snapshot);
        var scans = checks.SelectMany(check => check.Measures(context)).Distinct()
            .GroupBy(measure => measure.Relation, StringComparer.Ordinal).ToList();
        foreach (var scan in scans)
        {
            var clock = Stopwatch.StartNew();
            Reporter.Progress(new RunProgress("Testing integrity", $"Scanning {scan.Key}", Percent: null));
            await scanner.ScanAsync(scan.Key, [.. scan], cancellationToken);
            context.KeepSeconds(scan.Key, clock.Elapsed.TotalSeconds / scan.Count());
        }

        return scans.Count;
    }

    private async Task<long?> LookUpAsync(IReadOnlyList<Check> checks, CheckContext context, CancellationToken cancellationToken)
    {
        var scanner = new ReferenceScanner(context, _snapshot);
        var probes = checks.Select(check => check.Probe(context)).OfType<ReferenceProbe>()
            .GroupBy(probe => (probe.Target, probe.TargetColumn)).ToList();
        foreach (var target in probes)
            await scanner.ScanAsync([.. target], cancellationToken);
        return probes.Count;
    }

    // Whatever becomes of one check, the others are made.
    private async Task<CheckResult> RunAsync(Check check, CheckContext context, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var result = Result(check);
        try
        {
            if (context.Lack(check) is { } lack)
            {
                (result.Status, result.Message) = (lack.IsAllowed ? CheckStatus.Skipped : CheckStatus.Error, lack.Reason);
                return result;
            }

            await JudgeAsync(result, check, await check.RunAsync(context, cancellationToken), cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // What nobody foresaw is told by its kind alone: its words may hold a value of a row.
            (
                result.Status,
                result.Message) = (
                    CheckStatus.Error,
                    failure is LoyaltyException known
                        ? $"{known.ErrorId}: {known.Message}"
                        : $"{LoyaltyErrors.UnexpectedFailure.Id}: {failure.GetType().Name}");
            await _snapshot.RenewAsync(cancellationToken);
        }

        result.Seconds = clock.Elapsed.TotalSeconds + check.Measures(context).Sum(measure => context.SecondsOf(measure.Relation));
        return result;
    }

    private async Task JudgeAsync(CheckResult result, Check check, Finding finding, CancellationToken cancellationToken)
    {
        if (finding.Violations is not { } violations)
        {
            (result.Status, result.Message) = (CheckStatus.Skipped, finding.Message!);
            return;
        }

        result.Status = ThresholdOf(check).Judge(violations, finding.Total ?? 0);
        (result.Violations, result.Total, result.Sql) = (violations, finding.Total, finding.Rows);
        result.Message = finding.Message
            ?? $"{violations}{(finding.Total is { } total ? $" of {total}" : string.Empty)} {check.Definition.Unit}: {check.Definition.Fault}";
        if (result.Status != CheckStatus.Passed && options.Sample > 0)
            result.Sample = [.. await SampleAsync(finding, cancellationToken)];
    }

    private async Task<IReadOnlyList<string>> SampleAsync(Finding finding, CancellationToken cancellationToken)
    {
        if (finding.TakeSampleAsync is { } take)
            return await take(cancellationToken);
        IReadOnlyList<string> sample = [.. finding.Sample.Take(options.Sample)];
        foreach (var format in new[] { finding.QuickSampleFormat, finding.SampleFormat }.OfType<string>())
        {
            if (sample.Count < options.Sample)
                sample = await Session.ListAsync(
                    string.Format(CultureInfo.InvariantCulture, format, options.Sample), [], reader => reader.TextAt(0) ?? NoName,
                    cancellationToken);
        }

        return sample;
    }

    private CheckResult Result(Check check) => new()
    {
        RunId = RunId,
        CheckId = check.Definition.Id,
        Suite = check.Definition.Suite,
        Table = check.Definition.Table?.ToString(),
        Column = check.Definition.Column,
        Status = CheckStatus.Error,
        Message = string.Empty,
        Threshold = ThresholdOf(check).ToString(),
        CheckedAt = Clock.StartedAt,
    };

    private CheckThreshold ThresholdOf(Check check) =>
        Pipeline.Config.Integrity.Checks.TryGetValue(check.Definition.Id, out var change)
            ? change.Change(check.Definition.Threshold)
            : check.Definition.Threshold;
}
