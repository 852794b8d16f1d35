using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace LoyaltyPipeline.Parameters;

/// <summary>The warehouse that cmdlets use where none is named: one for each runspace, closed with it.</summary>
internal static class DefaultWarehouse
{
    private static readonly ConditionalWeakTable<Runspace, LoyaltyWarehouse> Warehouses = [];

    // Those that began to connect and have not connected since.
    private static readonly ConditionalWeakTable<Runspace, object> Wanting = [];

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
    /// <param name="isWanted">Whether it is about to have another.</param>
    /// <returns>The earlier default, to be closed; null where there was none.</returns>
    public static LoyaltyWarehouse? Clear(Runspace runspace, bool isWanted = false)
    {
        if (isWanted)
            Wanting.AddOrUpdate(runspace, Wanting);
        else
            Wanting.Remove(runspace);
        if (!Warehouses.Remove(runspace, out var earlier))
            return null;
        runspace.StateChanged -= CloseWithRunspace;
        return earlier;
    }

    /// <summary>
    /// Whether a runspace was about to have a warehouse and did not get it: one that is named elsewhere is not what it asked for.
    /// </summary>
    /// <param name="runspace">The runspace.</param>
    public static bool IsWanted(Runspace runspace) => Wanting.TryGetValue(runspace, out _);

    private static void CloseWithRunspace(object? sender, RunspaceStateEventArgs change)
    {
        if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
            Clear((Runspace)sender!)?.Dispose();
    }
}
