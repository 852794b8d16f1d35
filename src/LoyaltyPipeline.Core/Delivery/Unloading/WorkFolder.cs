namespace LoyaltyPipeline.Core.Delivery.Unloading;

/// <summary>Where files are until they have been sent. Named after the run, so that what a killed one leaves behind is found.</summary>
internal static class WorkFolder
{
    /// <summary>The folder of a run.</summary>
    /// <param name="runId">The run.</param>
    public static string Of(string runId) => Path.Combine(Path.GetTempPath(), $"loyalty-delivery-{runId}");

    /// <summary>Removes the folder of a run, if there is one.</summary>
    /// <param name="runId">The run.</param>
    public static void Remove(string runId)
    {
        if (Directory.Exists(Of(runId)))
            Directory.Delete(Of(runId), recursive: true);
    }
}
