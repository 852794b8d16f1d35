using System.Diagnostics;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>Passes the progress of a sample on to a reporter, with the time left.</summary>
internal sealed class SyntheticReport(IRunReporter reporter) : IProgress<SyntheticProgress>
{
    /// <summary>What is done, for the progress line.</summary>
    public const string Activity = "Writing the sample";

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public void Report(SyntheticProgress value)
    {
        var share = Math.Clamp(value.RowsExpected == 0 ? 0 : (double)value.RowsWritten / value.RowsExpected, 0, 1);
        var left = share > 0 ? _clock.Elapsed * ((1 - share) / share) : (TimeSpan?)null;
        reporter.Progress(
            new RunProgress(
                Activity, $"{value.Table}; {value.RowsWritten} of about {value.RowsExpected} rows of all tables", (int)(share * 100),
                left));
    }
}
