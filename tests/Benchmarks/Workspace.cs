using LoyaltyPipeline.Benchmarks.Measuring;

namespace LoyaltyPipeline.Benchmarks;

/// <summary>A temporary folder for warehouses and landing folders, and the samples that scenarios share. Gone when disposed.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loyalty-bench-");

    /// <summary>A warehouse file with a sample of all sources and an empty Master.</summary>
    public string SampleWarehouse => PathOf("sample.duckdb");

    /// <summary>The same sample as CSV files.</summary>
    public string LandingFolder => PathOf("landing");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Makes the sample warehouse, unless an earlier scenario did.</summary>
    public async Task EnsureSampleWarehouseAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        if (!File.Exists(SampleWarehouse))
            await SampleTask.StartAsync(SampleWarehouse, options, cancellationToken);
    }

    /// <summary>Makes the CSV files, unless an earlier scenario did.</summary>
    public async Task EnsureLandingFolderAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(LandingFolder))
            await CsvSampleTask.StartAsync(LandingFolder, options, cancellationToken);
    }

    /// <summary>Deletes a warehouse file, if it exists.</summary>
    public static void DeleteWarehouse(string path)
    {
        File.Delete(path);
        File.Delete($"{path}.wal");
    }

    /// <summary>Copies a warehouse file.</summary>
    public static void CopyWarehouse(string source, string target)
    {
        DeleteWarehouse(target);
        File.Copy(source, target);
        // Else whoever comes first would pay for writing the copy back.
        using var file = new FileStream(target, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
