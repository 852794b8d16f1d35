using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Delivery.Files;

/// <summary>Tells how many bytes have been sent, how fast, and how long the rest may take.</summary>
/// <param name="activity">What is being done.</param>
internal sealed class TransferProgress(string activity, long rows, IRunReporter reporter)
{
    private readonly ConcurrentDictionary<int, (long Sent, long Bytes, long Rows)> _parts = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Says how far a file is.</summary>
    /// <param name="sent">Bytes sent of it.</param>
    public void Report(DeliveryPart part, long sent, long bytes)
    {
        _parts[part.Number] = (Math.Min(sent, bytes), bytes, part.Rows);
        var parts = _parts.Values.ToArray();
        var done = parts.Sum(value => value.Sent);
        var expected = parts.Sum(value => value.Bytes) * (double)rows / Math.Max(parts.Sum(value => value.Rows), 1);
        var rate = done / Math.Max(_clock.Elapsed.TotalSeconds, 0.001);
        reporter.Progress(new RunProgress(
            activity,
            string.Create(CultureInfo.InvariantCulture, $"{done / 1e6:F1} MB of {expected / 1e6:F1} MB, {rate / 1e6:F1} MB/s"),
            (int)Math.Clamp(100 * done / Math.Max(expected, 1), 0, 99),
            rate > 0 ? TimeSpan.FromSeconds(Math.Max(expected - done, 0) / rate) : null));
    }
}
