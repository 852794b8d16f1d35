using System.Management.Automation;

namespace LoyaltyPipeline.Loading;

/// <summary>What happens at import: the way to Core is laid, and nothing is loaded or opened yet.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport() => CoreLoadContext.Register();
}
