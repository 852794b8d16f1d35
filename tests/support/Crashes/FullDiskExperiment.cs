using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Crashes.Works;

namespace LoyaltyPipeline.Crashes;

/// <summary>
/// Does work on a disk that gets full meanwhile, and looks each time what is left and whether the work can go on once there is room.
/// </summary>
public static class FullDiskExperiment
{
    /// <summary>Does some work with several amounts of room.</summary>
    /// <param name="work">Name of the work.</param>
    /// <param name="disk">A folder on a small disk of its own.</param>
    /// <param name="rooms">Bytes that are free when the work begins.</param>
    /// <returns>What came of each: the error that stopped the work, null where there was room enough, and what was wrong, null where all
    /// was well.</returns>
    public static async Task<IReadOnlyList<(long Room, LoyaltyException? Error, string? Failure)>> RunAsync(
        string work, string disk, IReadOnlyList<long> rooms, CancellationToken cancellationToken)
    {
        var trial = await Trial.PrepareAsync(disk, Work.Named(work), cancellationToken);
        var results = new List<(long, LoyaltyException?, string?)>();
        foreach (var room in rooms)
        {
            LoyaltyException? error = null;
            var (_, failure) = await trial.DisturbAsync(
                async () => error = await TryAsync(Work.Named(work), trial, Path.Combine(disk, "filler"), room, cancellationToken),
                mayBeLogged: true, cancellationToken);
            results.Add((room, error, failure));
        }

        return results;
    }

    private static async Task<LoyaltyException?> TryAsync(
        Work work, Trial trial, string filler, long room, CancellationToken cancellationToken)
    {
        Fill(filler, room);
        try
        {
            await foreach (var _ in work.RunAsync(trial.Warehouse, trial.Landing, cancellationToken))
            {
                // Until the disk is full.
            }

            return null;
        }
        catch (LoyaltyException error)
        {
            return error;
        }
        finally
        {
            File.Delete(filler);
        }
    }

    private static void Fill(string path, long room)
    {
        var bytes = new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace - room;
        using var file = File.Create(path);
        var block = new byte[1 << 16];
        for (var left = bytes; left > 0; left -= block.Length)
            file.Write(block, 0, (int)Math.Min(left, block.Length));
    }
}
