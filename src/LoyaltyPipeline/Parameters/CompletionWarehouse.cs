using System.Collections;
using System.Management.Automation.Runspaces;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Parameters;

/// <summary>The warehouse that a command will have once its line is complete, where one is connected: a key press opens none.</summary>
internal static class CompletionWarehouse
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Reads values to choose from.</summary>
    /// <param name="bound">The parameters of the line so far.</param>
    /// <param name="read">Reads them.</param>
    /// <returns>The values; none where no warehouse is connected, or where it cannot say.</returns>
    public static IReadOnlyList<T> Read<T>(IDictionary bound, Func<IWarehouse, CancellationToken, Task<IReadOnlyList<T>>> read)
    {
        var warehouse = bound["Warehouse"] as LoyaltyWarehouse ?? DefaultWarehouse.Of(Runspace.DefaultRunspace);
        if (warehouse is not { IsOpen: true })
            return [];
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            return Task.Run(() => read(warehouse.Connection, timeout.Token), CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is LoyaltyException or OperationCanceledException)
        {
            // Nobody is told of errors while a line is completed; the command itself will say what is wrong.
            return [];
        }
    }
}
