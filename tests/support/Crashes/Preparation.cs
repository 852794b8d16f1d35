using System.Collections.Concurrent;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Crashes.Works;

namespace LoyaltyPipeline.Crashes;

/// <summary>Where some work begins, and the states that it goes through undisturbed. It is found once for all trials of the work.</summary>
/// <param name="Warehouse">The warehouse file.</param>
/// <param name="Landing">The files of the landing folder, by their paths in it.</param>
/// <param name="States">The state before the first unit, and after each.</param>
internal sealed record Preparation(byte[] Warehouse, IReadOnlyDictionary<string, byte[]> Landing, IReadOnlyList<WarehouseState> States)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Preparation>>> Made = new(StringComparer.Ordinal);

    /// <summary>The one of some work.</summary>
    public static Task<Preparation> OfAsync(Work work) =>
        Made.GetOrAdd(work.Name, _ => new Lazy<Task<Preparation>>(() => MakeAsync(work))).Value;

    /// <summary>Writes it out.</summary>
    /// <param name="warehouse">The warehouse file.</param>
    /// <param name="landing">The landing folder.</param>
    public async Task WriteAsync(string warehouse, string landing, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(warehouse, Warehouse, cancellationToken);
        foreach (var (name, content) in Landing)
        {
            var path = Path.Combine(landing, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, content, cancellationToken);
        }
    }

    // Others may wait for it too, so nobody cancels it.
    private static async Task<Preparation> MakeAsync(Work work)
    {
        var folder = Directory.CreateTempSubdirectory("loyalty-prepare-").FullName;
        try
        {
            var (path, landing) = (Path.Combine(folder, "prepared.duckdb"), Path.Combine(folder, "landing"));
            await work.PrepareAsync(path, landing, CancellationToken.None);
            var content = await File.ReadAllBytesAsync(path);
            var files = !Directory.Exists(landing) ? [] : Directory.GetFiles(landing, "*", SearchOption.AllDirectories)
                .ToDictionary(file => Path.GetRelativePath(landing, file), File.ReadAllBytes, StringComparer.Ordinal);
            return new Preparation(content, files, await StatesAsync(work, path, landing));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<WarehouseState>> StatesAsync(Work work, string path, string landing)
    {
        var states = new List<WarehouseState>();
        await using (var warehouse = await DuckDbWarehouse.OpenAsync(path, CancellationToken.None))
            states.Add(await WarehouseState.ReadAsync(warehouse, CancellationToken.None));
        await foreach (var warehouse in work.RunAsync(path, landing, CancellationToken.None))
            states.Add(await WarehouseState.ReadAsync(warehouse, CancellationToken.None));
        return states.Distinct().Count() == states.Count
            ? states
            : throw new InvalidOperationException(
                $"Some unit of {work.Name} changes nothing, so that what stops it could not be told from its end.");
    }
}
