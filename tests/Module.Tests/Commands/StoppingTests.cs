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
        var before = session.ContentWithoutLogs();

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
        var before = session.ContentWithoutLogs();

        Stop(session, "Import-LoyaltySource landing/USER_ACTIVITY.csv.gz -Mode Replace", StreamKind.Progress, "Open USER_ACTIVITY");

        AssertUnchanged(before, session);
    }

    [Fact]
    public void A_merge_that_has_reckoned_leaves_the_tables_as_they_were()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run("$null = New-LoyaltySample -Users 100000 -Days 60 -Force").Succeeded();
        var before = session.ContentWithoutLogs();

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

    // All files have been sent when it is stopped, for what comes next never ends: once members are written down, who is suppressed is asked
    // again.
    [Fact]
    public void A_delivery_of_Parquet_leaves_no_file_in_the_destination()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Query("ALTER TABLE LOYALTY.SUPPRESSION RENAME TO SUPPRESSED");
        session.Query(
            "CREATE VIEW LOYALTY.SUPPRESSION AS SELECT * FROM LOYALTY.SUPPRESSED UNION ALL BY NAME "
                + "SELECT a.range AS USER_ID FROM (SELECT COUNT(*) * 100000000 AS N FROM LOYALTY.DELIVERED_MEMBER) AS m, "
                + "range(m.N) AS a, range(m.N) AS b WHERE (a.range * b.range) % 7 = 8");
        var before = session.ContentWithoutLogs("LOYALTY.DELIVERY");

        Stop(
            session, "Export-EngagementSegment Marketing -Destination drop -Format Parquet", () => Sent(session).Length > 0,
            "a file was sent");

        Assert.Empty(Sent(session));
        AssertUnchanged(before, session, "LOYALTY.DELIVERY");
        Assert.Equal(["Failed"], session.Query("SELECT STATUS FROM LOYALTY.DELIVERY"));
        Assert.Equal(["0"], session.Query("SELECT COUNT(*) FROM LOYALTY.DELIVERED_MEMBER"));
    }

    private static string[] Sent(ModuleRunspace session) => Directory.Exists(session.PathOf("drop"))
        ? Directory.GetFiles(session.PathOf("drop"), "*", SearchOption.AllDirectories)
        : [];

    private static void AssertUnchanged(IReadOnlyList<string> before, ModuleRunspace session, params string[] except)
    {
        Assert.Equal(before, session.ContentWithoutLogs(except));
        Assert.Equal(["1"], session.Query("SELECT COUNT(*) FROM LOYALTY.RUN WHERE STATUS = 'Cancelled'"));
        session.Run($"Invoke-LoyaltyMerge {SampleWarehouse.Day} -WhatIf").Succeeded();
    }

    private static void Stop(ModuleRunspace session, string script, StreamKind stream, string begun)
    {
        using var running = session.Start(script);
        running.WaitFor(stream, begun);
        Stop(running);
    }

    private static void Stop(ModuleRunspace session, string script, Func<bool> hasBegun, string what)
    {
        using var running = session.Start(script);
        running.WaitUntil(hasBegun, what);
        Stop(running);
    }

    private static void Stop(RunningScript running)
    {
        var watch = Stopwatch.StartNew();

        running.Stop();
        var result = running.Wait();

        Assert.True(result.Stopped, "It had ended before it was stopped.");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Bound);
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
    }
}
