using System.Management.Automation;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Integrity.Reporting;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Parameters;
using LoyaltyPipeline.Steps;

namespace LoyaltyPipeline.Commands;

/// <summary>Checks whether sources, Master, History and deliveries are as they must be, and whether the day's figures are usual.</summary>
/// <remarks>
/// <para>
/// What the catalog says of tables and columns is checked, and that everything reconciles: the rows of the sources with those used and
/// those in quarantine, the users who have signed up with Master, Master with the open versions of History, the days with their users, the
/// segments with scores and thresholds. pipeline.yml adds checks of your own and changes limits.
/// </para>
/// <para>
/// Each result is Passed, Warning, Failed, Error or Skipped. A check that cannot be made is an Error, never passed; Skipped says why there
/// is nothing to check. The results are kept in LOYALTY.CHECK_RESULT, and FailedSince says since when a check has not passed. With -WhatIf
/// the checks are made and nothing is kept.
/// </para>
/// <para>
/// Results are emitted as they were made, those that did not pass last: warnings, then failures, then errors. One line follows them on the
/// information stream, for example 583 checks: 580 passed, 1 failed, 2 warnings, 0 skipped; -InformationAction Ignore keeps it away.
/// -NotPassed emits only what did not pass, which a check that was skipped is no part of. -Quiet emits one Boolean instead of all that:
/// true where checks were made and none failed or could not be made; a warning keeps nothing back.
/// </para>
/// <para>
/// Each table is scanned once for all of its checks. What is read is one state of the warehouse; no lock is held, and runs that write are
/// not kept waiting.
/// </para>
/// <para>
/// -OutFile writes a report of all results, over one that is there, before -FailOn ends in an error. JUnit knows no warning: in its reports
/// a check that warns is a test that passed, with the warning as its output. NUnit knows warnings; in its reports an Error is a failure
/// with the label Error. module/schemas describes the formats.
/// </para>
/// <para>
/// What Invoke-LoyaltyMerge and Import-LoyaltySource emit can be piped: the checks are made once all of it is there, in the same warehouse
/// and by the same configuration where they are given there. None is made where an error was reported before, which is StepFailed, or where
/// nothing came, which is warned of. Piped on to Export-EngagementSegment, results decide whether anything is delivered; it must be given
/// all of them, not those of -NotPassed.
/// </para>
/// </remarks>
/// <example>
/// <code>Test-PipelineIntegrity</code>
/// Makes all checks but those at the destinations of deliveries.
/// </example>
/// <example>
/// <code>Test-PipelineIntegrity -NotPassed</code>
/// Makes the same checks, and shows those that warn, failed or could not be made.
/// </example>
/// <example>
/// <code>Test-PipelineIntegrity | Export-EngagementSegment Marketing</code>
/// Delivers only where nothing failed.
/// </example>
/// <example>
/// <code>Test-PipelineIntegrity -Suite Sources -Table USER_PROFILE</code>
/// Makes the checks of one source.
/// </example>
/// <example>
/// <code>Test-PipelineIntegrity -Check *.unique | Where-Object Status -ne Passed | Select-Object -ExpandProperty Sql</code>
/// Shows the queries that yield all rows whose key occurs more than once.
/// </example>
/// <example>
/// <code>Test-PipelineIntegrity -FailOn Error -OutFile checks.junit.xml</code>
/// For a scheduled job: writes a report and ends in an error if a check failed.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "PipelineIntegrity", SupportsShouldProcess = true, DefaultParameterSetName = ResultSet)]
[OutputType(typeof(CheckResult), ParameterSetName = [ResultSet])]
[OutputType(typeof(bool), ParameterSetName = [QuietSet])]
public sealed class TestPipelineIntegrityCommand : FollowingCmdlet
{
    private const int MaximumSample = 1000;
    private const string ResultSet = "Results";
    private const string QuietSet = "Quiet";

    private readonly List<CheckResult> _results = [];
    private readonly List<CheckResult> _heldBack = [];
    private readonly HashSet<string> _missing = new(StringComparer.OrdinalIgnoreCase);
    private CheckReport? _report;
    private bool? _writesReport;

    /// <summary>
    /// The suites to check: Sources, Master, History, Deliveries, Anomalies; * and ? stand for any characters and any one.
    /// </summary>
    [Parameter(Position = 0)]
    [NamesTransformation(TakesSeveral = true, Of = typeof(CheckSuite))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public CheckSuite[] Suite { get; set; } = [];

    /// <summary>
    /// The ids of the checks to make; * and ? stand for any characters and any one. An id in full that there is not is an error, after
    /// which the others are made; with -FailOn it ends the cmdlet, and so does a pattern that fits no check.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(CheckCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Check { get; set; } = [];

    /// <summary>The tables to check, with or without schema; * and ? stand for any characters and any one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CatalogTableCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Table { get; set; } = [];

    /// <summary>How many violations to name at most of each check that did not pass; 0 for none.</summary>
    [Parameter]
    [ValidateRange(0, MaximumSample)]
    [WholeNumberTransformation]
    public int Sample { get; set; } = 5;

    /// <summary>
    /// Looks at the destinations too: whether each delivery lies there as the log has it, its manifest as in the log, and its files by name
    /// and size. What is in the files, Test-SegmentDelivery reads.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeDeliveries { get; set; }

    /// <summary>A file for the results: .xml or .junit.xml for JUnit, .nunit.xml for NUnit, .json.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>Emits only results that did not pass: warnings, failures and errors. What was skipped is none of them.</summary>
    [Parameter(ParameterSetName = ResultSet)]
    public SwitchParameter NotPassed { get; set; }

    /// <summary>Emits one Boolean instead of results: whether checks were made and none failed or could not be made.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuietSet)]
    public SwitchParameter Quiet { get; set; }

    /// <summary>
    /// Ends in an error, after all checks were made, if there was a warning or worse, or a failure or worse. No check is made where one
    /// that is asked for is not there.
    /// </summary>
    [Parameter(ParameterSetName = ResultSet)]
    [NamesTransformation]
    public CheckFailureLevel? FailOn { get; set; }

    /// <summary>
    /// What Invoke-LoyaltyMerge or Import-LoyaltySource emitted. The checks are made once, when all of it is there, in the same warehouse.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    public override PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (OutFile is null)
            return;
        _report = CheckReport.At(await ResolvePathAsync(OutFile));
        if (!await IsWhatIfAsync())
            _report.DemandWritable();
    }

    /// <inheritdoc/>
    private protected override string Takes => "what Invoke-LoyaltyMerge or Import-LoyaltySource emits";

    /// <inheritdoc/>
    private protected override string Undone => "checked nothing";

    /// <inheritdoc/>
    private protected override bool CanFollow(object value) => value is MergeResult or ImportResult;

    /// <inheritdoc/>
    private protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            var warehouse = await OpenWarehouseAsync(cancellationToken);
            var pipeline = await LoadPipelineAsync(cancellationToken);
            if (_report is not null)
                await DemandReportAsync(_report, warehouse, pipeline);
            await CheckAsync(warehouse, pipeline, cancellationToken);
        }
        catch (LoyaltyException)
        {
            // What ends the cmdlet here takes nothing from what was found before.
            await EmitHeldBackAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    private protected override async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
        {
            await EmitAsync(_missing.Count == 0 && CheckSummary.IsSound(_results));
            return;
        }

        await EmitHeldBackAsync();
        await WriteHostAsync(CheckSummary.Line(_results));
        if (FailOn is { } level)
            CheckVerdict.Demand(_results, level);
    }

    // What is asked, or said by -WhatIf, is what can be done.
    private async Task DemandReportAsync(CheckReport report, IWarehouse warehouse, PipelineDefinition pipeline)
    {
        report.DemandApart(warehouse, pipeline);
        _writesReport ??= await ShouldProcessAsync(
            $"Write the results of the checks to {report.Path}", $"Write the results of the checks to {report.Path}?");
    }

    private async Task CheckAsync(IWarehouse warehouse, PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        if (!FindNamed(pipeline, out var ids, out var tables))
            return;
        var keep = await ShouldProcessAsync(
            $"Keep the results of the checks in {warehouse.Location}", $"Keep the results of the checks in {warehouse.Location}?");
        var options = new IntegrityOptions
        {
            Suites = Suite,
            Checks = ids,
            Tables = tables,
            Sample = Sample,
            IncludeDeliveries = IncludeDeliveries,
            KeepResults = keep,
            LockWait = LockWait,
        };
        var results = await new IntegrityRunner(pipeline).RunAsync(warehouse, options, Reporter, cancellationToken);
        _results.AddRange(results);
        try
        {
            // Each input of a pipeline adds to the report. It is written first: who reads the results may end the pipeline when they have
            // enough.
            if (_writesReport == true)
                _report?.Write(_results, pipeline.ModuleVersion, cancellationToken);
        }
        finally
        {
            // A report that cannot be written takes nothing from what was found.
            await EmitAsync(results);
        }
    }

    // Whether there is something to check. With -FailOn all that is asked for must be there: Core says what is not.
    private bool FindNamed(PipelineDefinition pipeline, out IReadOnlyList<string> ids, out IReadOnlyList<string> tables)
    {
        (ids, tables) = FailOn is null ? CheckList.Find(pipeline.Catalog, pipeline.Config, Check, Table, ReportOnce) : (Check, Table);
        return (ids.Count > 0 || Check.Length == 0) && (tables.Count > 0 || Table.Length == 0);
    }

    private void ReportOnce(LoyaltyException missing)
    {
        if (_missing.Add((string)missing.Target!))
            Reporter.NotFound(missing);
    }

    private async Task EmitAsync(IReadOnlyList<CheckResult> results)
    {
        if (Quiet)
            return;
        foreach (var result in results)
        {
            if (result.Status is CheckStatus.Warning or CheckStatus.Failed or CheckStatus.Error)
                _heldBack.Add(result);
            else if (!NotPassed)
                await EmitAsync(result);
        }
    }

    // On a screen the end stays in sight, and the worst stands last.
    private async Task EmitHeldBackAsync()
    {
        foreach (var result in _heldBack.OrderBy(result => result.Status))
            await EmitAsync(result);
    }
}
