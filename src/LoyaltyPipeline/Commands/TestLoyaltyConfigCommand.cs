using System.Management.Automation;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Readiness;
using LoyaltyPipeline.Loading;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Finds all that is wrong with a pipeline.yml, and tries what it names.</summary>
/// <remarks>
/// <para>
/// Every fault is emitted, with its line, not only the first one: an Error where a run would be refused or fail, a Warning where something
/// is not what is meant, as it seems, or could not be tried. Nothing is emitted where all is well; -Quiet emits one Boolean instead.
/// </para>
/// <para>
/// What is tried: each destination, by an object with a name of its own that must not be there yet and is removed again, as are folders
/// that were made for it; the environment variables of salts; the files of sources. With a warehouse also the tables of sources that the
/// file names, the stages of Snowflake, and whether the queries of own checks would be let in and have a plan. Without one, stages and
/// queries are a Warning each, not a pass. Nobody is asked for anything. -Offline only reads the file; with -WhatIf nothing is written to
/// destinations.
/// </para>
/// </remarks>
/// <example>
/// <code>Test-LoyaltyConfig</code>
/// Tests pipeline.yml in the current location.
/// </example>
/// <example>
/// <code>Test-LoyaltyConfig ./pipeline.yml -Offline | Where-Object Severity -eq Error</code>
/// Shows what is wrong in the file itself.
/// </example>
/// <example>
/// <code>if (-not (Test-LoyaltyConfig ./pipeline.yml -Quiet)) { throw 'pipeline.yml is not ready.' }</code>
/// For a scheduled job: stops before anything is done.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "LoyaltyConfig", SupportsShouldProcess = true, DefaultParameterSetName = FindingSet)]
[OutputType(typeof(ConfigFinding), ParameterSetName = [FindingSet])]
[OutputType(typeof(bool), ParameterSetName = [QuietSet])]
public sealed class TestLoyaltyConfigCommand : WarehouseCmdlet
{
    private const string FindingSet = "Findings";
    private const string QuietSet = "Quiet";

    private bool? _isReady;

    /// <summary>
    /// The configuration files, where * and ? stand for any characters and any one; pipeline.yml in the current location where none is
    /// given.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Config", "FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [PipelineCmdlet.DefaultConfig];

    /// <summary>Only reads the file, and tries nothing that it names.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    /// <summary>Emits one Boolean instead of findings: whether files were tested and none has an Error.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuietSet)]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var path in Path)
        {
            foreach (var file in await FindAsync(path))
                await TestAsync(file, cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        // Where nothing was tested, nobody may take it for sound.
        if (Quiet)
            await WriteObjectAsync(_isReady ?? false);
    }

    private async Task<IReadOnlyList<string>> FindAsync(string path)
    {
        path = PathSpelling.WithoutMark(path);
        var full = await ResolvePathAsync(path);
        // A name with brackets is a pattern only where there is no such file.
        return !WildcardPattern.ContainsWildcardCharacters(path) || File.Exists(full) ? [full] : await ExpandPathAsync(path);
    }

    private async Task TestAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            _isReady = false;
            Reporter.NotFound(LoyaltyErrors.ConfigNotFound.Because($"There is no file {file}.", file));
            return;
        }

        var options = new ConfigTestOptions
        {
            IsOffline = Offline,
            Warehouse = Offline ? null : await FindWarehouseAsync(cancellationToken),
            LockWait = LockWait,
            MayProbeAsync = destination => ShouldProcessAsync(
                $"Write a probe to {destination}, and remove it", $"Write a probe to {destination}, and remove it?"),
        };
        await foreach (var finding in new ConfigTest(ModuleLayout.SqlFolder).RunAsync(file, options, Reporter, cancellationToken))
        {
            _isReady = (_isReady ?? true) && finding.Severity != ConfigSeverity.Error;
            if (!Quiet)
                await WriteObjectAsync(finding);
        }

        _isReady ??= true;
    }

    // A file can be tested before there is a warehouse.
    private async Task<IWarehouse?> FindWarehouseAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await OpenWarehouseAsync(cancellationToken);
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.WarehouseNotConnected)
        {
            return null;
        }
    }
}
