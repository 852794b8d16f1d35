using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Loading;

/// <summary>What PowerShell calls when a session imports the module and when it removes it.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Lays the way to Core. Doing it again, at a second import or in a second runspace, changes nothing.</summary>
    public void OnImport() => CoreLoadContext.Register();

    /// <summary>Closes the session's warehouse.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => DefaultWarehouse.Clear(Runspace.DefaultRunspace)?.Dispose();
}
