using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace LoyaltyPipeline.Parameters;

/// <summary>The warehouse that cmdlets use where none is named: one for each runspace, closed with it.</summary>
internal static class DefaultWarehouse
{
    private static readonly ConditionalWeakTable<Runspace, LoyaltyWarehouse> Warehouses = [];

    /// <summary>The default of a runspace.</summary>
    /// <param name="runspace">The runspace.</param>
    /// <returns>The warehouse; null where none is connected.</returns>
    public static LoyaltyWarehouse? Of(Runspace runspace) => Warehouses.TryGetValue(runspace, out var warehouse) ? warehouse : null;

    /// <summary>Makes a warehouse the default.</summary>
    /// <param name="runspace">The runspace.</param>
    /// <param name="warehouse">The warehouse.</param>
    /// <returns>The earlier default, to be closed; null where there was none.</returns>
    public static LoyaltyWarehouse? Set(Runspace runspace, LoyaltyWarehouse warehouse)
    {
        var earlier = Clear(runspace);
        Warehouses.Add(runspace, warehouse);
        runspace.StateChanged += CloseWithRunspace;
        return earlier;
    }

    /// <summary>Leaves a runspace without default.</summary>
    /// <param name="runspace">The runspace.</param>
    /// <returns>The earlier default, to be closed; null where there was none.</returns>
    public static LoyaltyWarehouse? Clear(Runspace runspace)
    {
        if (!Warehouses.Remove(runspace, out var earlier))
            return null;
        runspace.StateChanged -= CloseWithRunspace;
        return earlier;
    }

    private static void CloseWithRunspace(object? sender, RunspaceStateEventArgs change)
    {
        if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
            Clear((Runspace)sender!)?.Dispose();
    }
}
