using LoyaltyPipeline.Core.Delivery.Stores;

namespace LoyaltyPipeline.Core.Delivery.Unloading;

/// <summary>Where files are until they have been sent. Named after the run, so that what a killed one leaves behind is found.</summary>
internal static class WorkFolder
{
    /// <summary>The folder of a run.</summary>
    /// <param name="store">Where the files go.</param>
    /// <param name="runId">The run.</param>
    public static string Of(IObjectStore store, string runId) => Path.Combine(store.WorkRoot, $".loyalty-delivery-{runId}");

    /// <summary>Removes the folder of a run, if there is one.</summary>
    /// <param name="store">Where its files went.</param>
    /// <param name="runId">The run.</param>
    public static void Remove(IObjectStore store, string runId)
    {
        if (Directory.Exists(Of(store, runId)))
            Directory.Delete(Of(store, runId), recursive: true);
    }
}
