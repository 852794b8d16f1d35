using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Runtime;

public sealed class StreamTests : IDisposable
{
    private readonly ModuleRunspace _session = ModuleRunspace.WithProbes();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void All_streams_keep_the_order_in_which_the_work_wrote()
    {
        var result = _session.Run("'a', 'b' | Write-Probe -Verbose").Succeeded();

        Assert.Equal(
            [
                "Output: begin",
                "Verbose: verbose a", "Output: object a", "Warning: warning a", "Output: thread pool True",
                "Verbose: verbose b", "Output: object b", "Warning: warning b", "Output: thread pool True",
                "Output: end",
            ],
            result.Records.Select(record => record.ToString()));
    }

    [Fact]
    public void Progress_is_shown_about_five_times_a_second_and_taken_away_at_the_end()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var progress = _session.Run("Write-Probe -ProgressReports 400").Succeeded().Progress;

        Assert.InRange(progress.Count, 3, (int)(watch.Elapsed.TotalSeconds * 5) + 3);
        Assert.Equal("Probing", progress[0].Activity);
        Assert.StartsWith("step ", progress[0].StatusDescription, StringComparison.Ordinal);
        Assert.Equal(System.Management.Automation.ProgressRecordType.Completed, progress[^1].RecordType);
        Assert.All(
            progress.SkipLast(1), record => Assert.Equal(System.Management.Automation.ProgressRecordType.Processing, record.RecordType));
    }

    [Fact]
    public void A_slow_reader_slows_the_work()
    {
        var result = _session.Run(
            "$read = 0; :enough do { Wait-Probe backpressure | ForEach-Object { $read++; if ($read -eq 50) { "
            + "[System.Threading.Thread]::Sleep(300); [LoyaltyPipeline.RuntimeProbes.ProbeLog]::Get('backpressure.written'); break enough } } } while ($false)").Succeeded();

        Assert.InRange(int.Parse((string)Assert.Single(result.Output)), 50, 400);
    }

    [Fact]
    public void A_reader_that_has_enough_ends_the_work_and_is_no_error()
    {
        var result = _session.Run("do { Wait-Probe enough | ForEach-Object { $_; break } } while ($false); 'after'; $Error.Count")
            .Succeeded();

        Assert.Equal([1, "after", 0], result.Output);
        Assert.Equal("ended", Logged("enough"));
        Assert.Equal("ended", Logged("enough.disposedAfter"));
    }

    [Theory]
    [InlineData("Wait-Probe stop")]
    [InlineData("Wait-Probe stop -Silent")]
    [InlineData("Wait-Probe stop -Silent -Warn")]
    [InlineData("Wait-Probe stop | ForEach-Object { }")]
    public async Task Stopping_ends_the_work(string script)
    {
        using var running = _session.Start(script);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        running.Stop();
        var result = running.Wait();

        Assert.True(result.Stopped);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30)); // against hanging only
        Assert.Equal("ended", Logged("stop"));
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void An_error_action_of_Stop_ends_the_work_too()
    {
        var result = _session.Run("Wait-Probe warned -Warn -WarningAction Stop");

        Assert.Equal("ActionPreferenceStop", result.ErrorId);
        Assert.Equal("ended", Logged("warned"));
    }

    private object Logged(string name) =>
        Assert.Single(_session.Run($"[LoyaltyPipeline.RuntimeProbes.ProbeLog]::Get('{name}')").Succeeded().Output);
}
