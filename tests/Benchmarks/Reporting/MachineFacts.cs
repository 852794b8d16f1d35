using System.Runtime.InteropServices;
using DuckDB.NET.Data;

namespace LoyaltyPipeline.Benchmarks.Reporting;

/// <summary>Where the figures come from.</summary>
internal sealed record MachineFacts(
    int Cores, double MemoryGb, string OperatingSystem, string Architecture, string DotNet, string DuckDb, string BuildConfiguration)
{
    public static MachineFacts Read()
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        return new MachineFacts(
            Environment.ProcessorCount,
            Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
            RuntimeInformation.OSDescription,
            RuntimeInformation.OSArchitecture.ToString(),
            RuntimeInformation.FrameworkDescription,
            connection.ServerVersion,
            Repository.Configuration);
    }
}
