using System.Management.Automation;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Integrity.Reporting;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Checks whether sources, Master, History and deliveries are as they must be, and whether the day's figures are usual.</summary>
/// <remarks>
/// <para>
/// What the catalog says of tables and columns is checked, and that everything reconciles: the rows of the sources with those used and those in quarantine, the users
/// who have signed up with Master, Master with the open versions of History, the days with their users, the segments with scores and thresholds. pipeline.yml adds
/// checks of your own and changes limits.
/// </para>
/// <para>
/// Each result is Passed, Warning, Failed, Error or Skipped. A check that cannot be made is an Error, never passed; Skipped says why there is nothing to check. The
/// results are kept in LOYALTY.CHECK_RESULT, and FailedSince says since when a check has not passed. With -WhatIf the checks are made and nothing is kept.
/// </para>
/// <para>
/// Each table is scanned once for all of its checks. What is read is one state of the warehouse; no lock is held, and runs that write are not kept waiting.
/// </para>
/// <para>
/// -OutFile writes a report of all results, over one that is there, before -FailOn ends in an error. JUnit knows no warning: in its reports a check that warns is a test
/// that passed, with the warning as its output. NUnit knows warnings; in its reports an Error is a failure with the label Error. module/schemas describes the formats.
/// </para>
/// </remarks>
/// <example>
/// <code>Test-PipelineIntegrity</code>
/// Makes all checks but those at the destinations of deliveries.
/// </example>
/// <example>
/// <code>Test-PipelineIntegrity -Suite Sources -Table USER_PROFILE</code>
/// Makes the checks of one source.
/// </example>
/// <example>
/// <code>(Test-PipelineIntegrity -Check *.unique).Where{ $_.Status -ne 'Passed' }.Sql</code>
/// Shows the queries that yield all rows whose key occurs more than once.
/// </example>
/// <example>
/// <code>Test-PipelineIntegrity -FailOn Error -OutFile checks.junit.xml</code>
/// For a scheduled job: writes a report and ends in an error if a check failed.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "PipelineIntegrity", SupportsShouldProcess = true)]
[OutputType(typeof(CheckResult))]
public sealed class TestPipelineIntegrityCommand : PipelineCmdlet
{
    private const int MaximumSample = 1000;

    // Boxed: see WarehouseCmdlet.
    private object? _suite;
    private object? _failOn;

    private readonly List<CheckResult> _results = [];
    private CheckReport? _report;

    /// <summary>The suites to check: Sources, Master, History, Deliveries, Anomalies.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public CheckSuite[] Suite { get => (CheckSuite[]?)_suite ?? []; set => _suite = value; }

    /// <summary>The ids of the checks to make; * and ? stand for any characters and any one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CheckCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Check { get; set; } = [];

    /// <summary>The tables to check, with or without schema; * and ? stand for any characters and any one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CatalogTableCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Table { get; set; } = [];

    /// <summary>How many violations to name at most of each check that did not pass; 0 for none.</summary>
    [Parameter]
    [ValidateRange(0, MaximumSample)]
    public int Sample { get; set; } = 5;

    /// <summary>Looks at the destinations too: whether each delivery lies there as the log has it.</summary>
    [Parameter]
    public SwitchParameter IncludeDeliveries { get; set; }

    /// <summary>A file for the results: .xml or .junit.xml for JUnit, .nunit.xml for NUnit, .json.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>Ends in an error, after all checks were made, if there was a warning or worse, or a failure or worse.</summary>
    [Parameter]
    public CheckFailureLevel? FailOn { get => (CheckFailureLevel?)_failOn; set => _failOn = value; }

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (OutFile is null)
            return;
        var report = CheckReport.At(await ResolvePathAsync(OutFile));
        if (!await ShouldProcessAsync($"Write the results of the checks to {report.Path}", $"Write the results of the checks to {report.Path}?"))
            return;
        report.DemandWritable();
        _report = report;
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var pipeline = await LoadPipelineAsync(cancellationToken);
        var keep = await ShouldProcessAsync($"Keep the results of the checks in {warehouse.Location}", $"Keep the results of the checks in {warehouse.Location}?");
        var options = new IntegrityOptions { Suites = Suite, Checks = Check, Tables = Table, Sample = Sample, IncludeDeliveries = IncludeDeliveries, KeepResults = keep, LockWait = LockWait };
        var results = await new IntegrityRunner(pipeline).RunAsync(warehouse, options, Reporter, cancellationToken);
        _results.AddRange(results);
        try
        {
            // Each input of a pipeline adds to the report. It is written first: who reads the results may end the pipeline when they have enough.
            _report?.Write(_results, pipeline.ModuleVersion);
        }
        finally
        {
            // A report that cannot be written takes nothing from what was found.
            foreach (var result in results)
                await WriteObjectAsync(result);
        }
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        if (FailOn is { } level)
            CheckVerdict.Demand(_results, level);
        return Task.CompletedTask;
    }
}
