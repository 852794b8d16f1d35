using System.Diagnostics;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>
/// A pipeline that is stopped in the middle of much work: it ends soon, and the warehouse is as it was. Processes/InterruptionTests does
/// the same on a terminal.
/// </summary>
public sealed class StoppingTests
{
    // Against hanging only: a shared machine may take its time. That the work was cut short is what the result says.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_sample_leaves_the_tables_as_they_were()
    {
        using var session = SampleWarehouse.OpenMerged();
        var before = session.Content();

        Stop(session, "New-LoyaltySample -Users 5000000 -Force", StreamKind.Progress, " rows");

        AssertUnchanged(before, session);
        session.Run($"Invoke-LoyaltyMerge {SampleWarehouse.Day}").Succeeded();
    }

    [Fact]
    public void A_sample_leaves_no_file_behind()
    {
        using var session = new ModuleRunspace();

        Stop(session, "New-LoyaltySample -Users 5000000 -Path landing", StreamKind.Progress, " rows");

        Assert.Empty(Directory.EnumerateFileSystemEntries(session.PathOf("landing")));
    }

    [Fact]
    public void An_import_of_a_compressed_file_leaves_the_tables_as_they_were()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run("$null = New-LoyaltySample -Users 100000 -Days 60 -Path landing -Compress").Succeeded();
        var before = session.Content();

        Stop(session, "Import-LoyaltySource landing/USER_ACTIVITY.csv.gz -Mode Replace", StreamKind.Progress, "Open USER_ACTIVITY");

        AssertUnchanged(before, session);
    }

    [Fact]
    public void A_merge_that_has_reckoned_leaves_the_tables_as_they_were()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run("$null = New-LoyaltySample -Users 100000 -Days 60 -Force").Succeeded();
        var before = session.Content();

        Stop(session, "Invoke-LoyaltyMerge 2026-07-01 -Force -Verbose", StreamKind.Verbose, "Reconcile");

        AssertUnchanged(before, session);
    }

    [Fact]
    public void Checks_leave_no_results_but_that_they_were_stopped()
    {
        using var session = SampleWarehouse.OpenMerged();
        const string Endless = "SELECT COUNT(*) AS N FROM range(100000000) AS a, range(100000000) AS b WHERE (a.range * b.range) % 7 = 8";
        File.WriteAllText(
            session.PathOf("pipeline.yml"),
            $"integrity: {{own_checks: {{endless: {{description: has no end, timeout_seconds: 600, query: '{Endless}'}}}}}}");

        Stop(session, "Test-PipelineIntegrity -Suite Master", StreamKind.Progress, "own.endless");

        Assert.Equal(
            ["0 Cancelled"],
            session.Query("SELECT (SELECT COUNT(*) FROM LOYALTY.CHECK_RESULT) || ' ' || STATUS FROM LOYALTY.RUN WHERE KIND = 'Test'"));
    }

    // At full depth only: how busy the machine is decides whether any file is left to be sent when the first progress is seen. Deliveries that
    // are cancelled at any moment have tests in Core.
    [Fact(Explicit = true)]
    public void A_delivery_of_Parquet_leaves_no_file_in_the_destination()
    {
        using var session = SampleWarehouse.OpenMerged();
        // So many that files are still to be sent when the first progress is seen, also where the machine is busy.
        session.Query("INSERT INTO LOYALTY.MASTER SELECT m.* REPLACE (r.u AS USER_ID, 'Highly Engaged' AS ENGAGEMENT_SEGMENT, TRUE AS MARKETING_CONSENT, 'active' AS ACCOUNT_STATUS, MD5(r.u::VARCHAR) AS EMAIL) "
            + "FROM (SELECT * FROM LOYALTY.MASTER LIMIT 1) AS m, range(1000000, 5000000) AS r(u)");
        var before = session.Content();

        Stop(session, "Export-EngagementSegment Marketing -Destination drop -Format Parquet", StreamKind.Progress, " MB of ");

        Assert.Empty(
            Directory.Exists(session.PathOf("drop")) ? Directory.GetFiles(session.PathOf("drop"), "*", SearchOption.AllDirectories) : []);
        AssertUnchanged([.. before.Where(IsNoDelivery)], session, IsNoDelivery);
        Assert.Equal(["Failed"], session.Query("SELECT STATUS FROM LOYALTY.DELIVERY"));
        Assert.Equal(["0"], session.Query("SELECT COUNT(*) FROM LOYALTY.DELIVERED_MEMBER"));
    }

    private static bool IsNoDelivery(string line) => !line.StartsWith("LOYALTY.DELIVERY ", StringComparison.Ordinal);

    private static void AssertUnchanged(IReadOnlyList<string> before, ModuleRunspace session, Func<string, bool>? isCompared = null)
    {
        var after = session.Content().Where(isCompared ?? (_ => true));
        Assert.Equal(before.Where(IsData), after.Where(IsData));
        Assert.Equal(["1"], session.Query("SELECT COUNT(*) FROM LOYALTY.RUN WHERE STATUS = 'Cancelled'"));
        session.Run($"Invoke-LoyaltyMerge {SampleWarehouse.Day} -WhatIf").Succeeded();
    }

    // The log keeps the run that was cancelled; the lock, which is compared, must be free again.
    private static bool IsData(string line) => !line.StartsWith("LOYALTY.RUN ", StringComparison.Ordinal)
        && !line.StartsWith("LOYALTY.AUDIT", StringComparison.Ordinal)
        && !line.StartsWith("LOYALTY.RUN_STEP ", StringComparison.Ordinal)
        && !line.StartsWith("LOYALTY.RUN_SOURCE ", StringComparison.Ordinal);

    private static void Stop(ModuleRunspace session, string script, StreamKind stream, string begun)
    {
        using var running = session.Start(script);
        running.WaitFor(stream, begun);
        var watch = Stopwatch.StartNew();

        running.Stop();
        var result = running.Wait();

        Assert.True(result.Stopped, "It had ended before it was stopped.");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Bound);
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
    }
}
