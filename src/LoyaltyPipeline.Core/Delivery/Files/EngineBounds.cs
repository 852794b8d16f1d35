using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Delivery.Files;

/// <summary>What the engine may use of this machine while a delivery lasts. No merge runs meanwhile: the run's lock is held.</summary>
internal static class EngineBounds
{
    // What a file has is joined and sorted in it: two files at a time, rows of 64 MB each and the engine's own share. What is more goes to
    // the disk.
    private const int MegabytesPerCore = 192;

    /// <summary>
    /// Keeps the engine's memory small: a delivery writes files of a fixed size, one after the other, and the engine would otherwise keep
    /// all that it reads.
    /// </summary>
    public static Task<EngineSetting> MemoryAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        var set = session.Dialect.BoundMemory(MegabytesPerCore * Math.Max(2, Environment.ProcessorCount));
        return EngineSetting.SetAsync(session, set, session.Dialect.UnboundMemory, cancellationToken);
    }

    /// <summary>
    /// Lets each session work on one core. As many write files side by side as there are cores, and none of them has to wait for the
    /// threads of another, or sorts more at a time than one file has.
    /// </summary>
    public static Task<EngineSetting> OneThreadEachAsync(IWarehouseSession session, CancellationToken cancellationToken) =>
        EngineSetting.SetAsync(session, session.Dialect.OneThreadEach, session.Dialect.AllThreads, cancellationToken);
}
