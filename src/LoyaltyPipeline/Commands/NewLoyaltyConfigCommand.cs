using System.Management.Automation;
using LoyaltyPipeline.Core.Configuration.Template;
using LoyaltyPipeline.Loading;
using LoyaltyPipeline.Parameters;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Commands;

/// <summary>Writes a pipeline.yml to begin with: every setting, what it means, and what holds without it.</summary>
/// <remarks>
/// <para>
/// What it says is what holds without a file, so that it changes nothing until it is edited; examples of what has no default stand in it
/// behind #. A destination for each consumer is what most begin with. Test-LoyaltyConfig then says whether all is well.
/// </para>
/// <para>
/// Its first line names a JSON Schema, module/schemas/pipeline.schema.json, by which editors that know the YAML language server complete
/// settings and mark what is wrong.
/// </para>
/// <para>A file that is there is never replaced without -Force, and then only where it is a configuration.</para>
/// </remarks>
/// <example>
/// <code>New-LoyaltyConfig</code>
/// Writes pipeline.yml in the current location, where cmdlets look for it.
/// </example>
/// <example>
/// <code>New-LoyaltyConfig ./settings.yml; Test-LoyaltyConfig ./settings.yml</code>
/// Writes another file, and shows that its consumers lack destinations.
/// </example>
[Cmdlet(VerbsCommon.New, "LoyaltyConfig", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewLoyaltyConfigCommand : AsyncCmdlet
{
    /// <summary>
    /// The file, whose name ends with .yml or .yaml, or the folder of a pipeline.yml; the current location where it is not given.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = PipelineCmdlet.DefaultConfig;

    /// <summary>Replaces a configuration that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var path = await ResolvePathAsync(Path);
        if (Directory.Exists(path))
            path = System.IO.Path.Combine(path, PipelineCmdlet.DefaultConfig);
        ConfigTemplate.DemandPlace(path, Force);
        if (await ShouldProcessAsync($"Write the default settings to {path}", $"Write the default settings to {path}?"))
            await WriteFileAsync(ConfigTemplate.Write(path, ModuleLayout.ConfigSchema, Force, cancellationToken));
    }
}
