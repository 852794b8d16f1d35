using System.Diagnostics;
using System.Text.Json;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>What a process measured of itself.</summary>
/// <param name="Seconds">Wall time of the work.</param>
/// <param name="CpuSeconds">Processor time of the whole process.</param>
/// <param name="PeakBytes">Largest resident set of the process.</param>
/// <param name="Rows">Rows handled.</param>
/// <param name="Parts">Seconds of the parts of the work.</param>
internal sealed record MeasuredRun(double Seconds, double CpuSeconds, long PeakBytes, long Rows, IReadOnlyDictionary<string, double> Parts)
{
    public double PeakMegabytes => PeakBytes / 1048576.0;

    /// <summary>Closes the books of this process.</summary>
    public static MeasuredRun OfThisProcess(double seconds, long rows, IReadOnlyDictionary<string, double>? parts = null)
    {
        using var process = Process.GetCurrentProcess();
        return new MeasuredRun(
            seconds, process.TotalProcessorTime.TotalSeconds, process.PeakWorkingSet64, rows,
            parts ?? new Dictionary<string, double>(StringComparer.Ordinal));
    }

    public static MeasuredRun FromJson(string text) => JsonSerializer.Deserialize<MeasuredRun>(text)!;

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Seconds of the parts whose names begin so.</summary>
    public double SumOf(string prefix) =>
        Parts.Where(part => part.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(part => part.Value);
}
