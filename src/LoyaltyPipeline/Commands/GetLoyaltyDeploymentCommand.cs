using System.Management.Automation;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Parameters;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Commands;

/// <summary>Writes the script with which a database administrator sets a warehouse up.</summary>
/// <remarks>
/// <para>
/// For Snowflake it holds roles, a virtual warehouse, the database, schemas, tables and views, a tag and masking policies for personal
/// data, grants, and templates for a storage integration, a stage and a task. For DuckDB it holds schemas, tables and views, the masked ones too.
/// It comes from the catalog and from what the configuration says of readers, and it can be run again: masking policies get the body that
/// the configuration says now.
/// </para>
/// <para>Nothing is connected to and nothing is changed. Where the pipeline's own role may create tables, Initialize-LoyaltyWarehouse does
/// the same for schemas, tables and views.</para>
/// </remarks>
/// <example>
/// <code>Get-LoyaltyDeployment -Engine Snowflake -Database ANALYTICS -VirtualWarehouse LOYALTY_WH &gt; loyalty.sql</code>
/// Writes the script into a file.
/// </example>
[Cmdlet(VerbsCommon.Get, "LoyaltyDeployment")]
[OutputType(typeof(string))]
public sealed class GetLoyaltyDeploymentCommand : AsyncCmdlet
{
    /// <summary>The engine.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateSet("Snowflake", "DuckDB")]
    public string Engine { get; set; } = string.Empty;

    /// <summary>The configuration file. Where it is not given, pipeline.yml in the current location, if there is one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Config { get; set; }

    /// <summary>The database of Snowflake. By default ANALYTICS.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Database { get; set; } = "ANALYTICS";

    /// <summary>The virtual warehouse of Snowflake. By default LOYALTY_WH.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string VirtualWarehouse { get; set; } = "LOYALTY_WH";

    /// <summary>Makes the source tables too, where no department keeps them elsewhere.</summary>
    [Parameter]
    public SwitchParameter IncludeSources { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var pipeline = PipelineDefinitions.Load(await FindConfigAsync(Config));
        await WriteObjectAsync(
            DeploymentScript.Write(
                pipeline, Engine, new DeploymentTarget(Database.ToUpperInvariant(), VirtualWarehouse.ToUpperInvariant(), IncludeSources)));
    }
}
