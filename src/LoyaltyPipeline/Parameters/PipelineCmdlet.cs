using System.Management.Automation;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Parameters;

/// <summary>A cmdlet that works on a warehouse as the catalog and the configuration say.</summary>
public abstract class PipelineCmdlet : WarehouseCmdlet
{
    /// <summary>The configuration file. Where it is not given, pipeline.yml in the current location, if there is one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Config { get; set; }

    /// <summary>The configuration file that was named to the step before; null where none was.</summary>
    private protected string? PassedConfig { get; set; }

    /// <summary>The configuration file that was named, here or to the step before; null where none was.</summary>
    private protected string? NamedConfig => Config ?? PassedConfig;

    /// <summary>The catalog, the business logic and the settings.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="Core.Errors.LoyaltyException"><c>CatalogInvalid</c>, <c>ConfigInvalid</c>, <c>PathNotSupported</c>.</exception>
    protected async Task<PipelineDefinition> LoadPipelineAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return PipelineDefinitions.Load(await FindConfigAsync(NamedConfig));
    }

    /// <summary>A destination by its full name.</summary>
    /// <param name="destination">The destination as given: a folder, or one that begins with s3://.</param>
    /// <returns>The destination.</returns>
    /// <exception cref="Core.Errors.LoyaltyException"><c>DestinationInvalid</c>, <c>PathNotSupported</c>.</exception>
    private protected async Task<string> ResolveDestinationAsync(string destination)
    {
        // A folder may be on a drive of the session, such as Temp:, which is not known beyond it.
        if (!DestinationText.IsS3(destination) && await OnPipelineThreadAsync(() => FileSystemPath.IsOnDrive(SessionState, destination)))
            destination = await ResolvePathAsync(destination);
        var folder = await OnPipelineThreadAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath);
        return DestinationText.Resolve(destination, folder);
    }
}
