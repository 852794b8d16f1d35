using System.Globalization;
using System.Management.Automation;
using LoyaltyPipeline.Core.Diagnostics;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Writes what a bug report needs into one zip file.</summary>
/// <remarks>
/// <para>
/// It has versions, settings, the newest runs with their error ids and the time of their steps, the tables as they are there, whether the
/// audit trail is sound, and the engine's plan for Master of the newest day. There is no secret in it, no path, no name of an account or a
/// machine, and nothing of a person: texts that people or sources have written, messages among them, are left out, and values in the plan
/// are hidden. It is text that can be looked at before it is sent.
/// </para>
/// <para>A file that is there is not replaced. Nothing is written into the warehouse.</para>
/// </remarks>
/// <example>
/// <code>Get-LoyaltyDiagnostic</code>
/// Writes loyalty-diagnostic-20260630-041500.zip, with the time of now, into the current location.
/// </example>
/// <example>
/// <code>Get-LoyaltyDiagnostic ./report.zip | Select-Object Name, Length</code>
/// Shows how large it is.
/// </example>
[Cmdlet(VerbsCommon.Get, "LoyaltyDiagnostic", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class GetLoyaltyDiagnosticCommand : PipelineCmdlet
{
    /// <summary>The file. Where it is not given, one in the current location that is named after the time.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var file = await DescribeAsync(cancellationToken);
        var path = await ResolvePathAsync(
            Path ?? string.Create(CultureInfo.InvariantCulture, $"loyalty-diagnostic-{DateTime.UtcNow:yyyyMMdd-HHmmss}.zip"));
        file.DemandPlace(warehouse, path);
        var what = $"Write what a bug report of {warehouse.Location} needs to {path}";
        if (!await ShouldProcessAsync(what, $"{what}?"))
            return;
        var shell = await OnPipelineThreadAsync(() => $"{Host.Name} {SessionState.PSVariable.GetValue("PSVersionTable") switch
        {
            System.Collections.IDictionary table => table["PSVersion"],
            _ => null,
        }}");
        await WriteFileAsync(await file.WriteAsync(warehouse, path, shell, LockWait, Reporter, cancellationToken));
    }

    // A fault in pipeline.yml may be what the bug report is about.
    private async Task<DiagnosticFile> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new DiagnosticFile(await LoadPipelineAsync(cancellationToken));
        }
        catch (LoyaltyException fault) when (fault.Definition == LoyaltyErrors.ConfigInvalid)
        {
            return new DiagnosticFile(PipelineDefinitions.Load(configPath: null), fault);
        }
    }
}
