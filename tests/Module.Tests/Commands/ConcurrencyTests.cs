using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>Two sessions of a process at the same warehouse.</summary>
public sealed class ConcurrencyTests
{
    [Theory]
    [InlineData("-Warehouse ([System.AppDomain]::CurrentDomain.GetData('{0}'))")]
    [InlineData("-Warehouse '{0}'")]
    public void Two_merges_at_once_are_one_after_the_other_or_one_is_refused(string warehouse)
    {
        using var first = SampleWarehouse.OpenSampled();
        using var second = ModuleRunspace.WithProbes();
        var path = first.PathOf("w.duckdb");
        first.Run($"[System.AppDomain]::CurrentDomain.SetData('{path}', $w)").Succeeded();
        var command = $"Invoke-LoyaltyMerge {SampleWarehouse.Day} {string.Format(null, warehouse, path)}";

        using var one = first.Start(command);
        using var other = second.Start(command);
        ScriptResult[] results = [one.Wait(), other.Wait()];

        var refused = results.Where(result => result.TerminatingError is not null || result.Errors.Count > 0).ToList();
        Assert.All(refused, result => Assert.Equal("RunLocked", result.ErrorId));
        Assert.InRange(refused.Count, 0, 1);
        Assert.Equal([$"{SampleWarehouse.Users}|{SampleWarehouse.Users}|{SampleWarehouse.Users}|1|0"], first.Query(
            "SELECT (SELECT COUNT(*) FROM LOYALTY.MASTER), (SELECT COUNT(DISTINCT USER_ID) FROM LOYALTY.MASTER), (SELECT COUNT(*) FROM LOYALTY.HISTORY), (SELECT COUNT(*) FROM LOYALTY.SNAPSHOT), (SELECT COUNT(RUN_ID) FROM LOYALTY.RUN_LOCK)"));
        Assert.Equal(
            [$"{2 - refused.Count}"], first.Query("SELECT COUNT(*) FROM LOYALTY.RUN WHERE KIND = 'Merge' AND STATUS = 'Succeeded'"));
    }

    [Fact]
    public void Two_deliveries_at_once_are_one_after_the_other_or_one_is_refused()
    {
        using var first = SampleWarehouse.OpenMerged();
        using var second = ModuleRunspace.WithProbes();
        var path = first.PathOf("w.duckdb");
        first.Run($"[System.AppDomain]::CurrentDomain.SetData('{path}', $w)").Succeeded();
        var command =
            $"Export-EngagementSegment Marketing -Destination '{first.PathOf("drop")}' -Warehouse ([System.AppDomain]::CurrentDomain.GetData('{path}'))";

        using var one = first.Start(command);
        using var other = second.Start(command);
        ScriptResult[] results = [one.Wait(), other.Wait()];

        var refused = results.Where(result => result.TerminatingError is not null || result.Errors.Count > 0).ToList();
        Assert.All(refused, result => Assert.Equal("RunLocked", result.ErrorId));
        var outcomes = results.SelectMany(result => result.Output).Select(result => $"{((dynamic)result).Outcome}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(refused.Count == 1 ? ["Published"] : ["AlreadyThere", "Published"], outcomes);
        Assert.Equal(["1|Published"], first.Query("SELECT COUNT(*), MIN(STATUS) FROM LOYALTY.DELIVERY"));
        Assert.Single(Directory.GetFiles(first.PathOf("drop"), "manifest.json", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("Export-EngagementSegment Marketing -Destination drop")]
    [InlineData("Clear-SegmentDelivery Marketing -Destination drop -OlderThan 2100-01-01 -Confirm:$false")]
    [InlineData("Invoke-LoyaltyMerge 2026-06-30")]
    [InlineData("Import-LoyaltySource landing/USER_PROFILE.csv")]
    [InlineData("New-LoyaltySample -Users 5 -Force")]
    [InlineData("Compress-LoyaltyHistory 1 -Confirm:$false")]
    public void A_lock_that_is_held_is_an_error_that_names_its_holder(string command)
    {
        using var session = SampleWarehouse.OpenSampled();
        session.Run("$null = New-LoyaltySample -Users 5 -Path landing").Succeeded();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var began = process.StartTime.ToUniversalTime();
        session.Query(
            $"UPDATE LOYALTY.RUN_LOCK SET RUN_ID = 'therun', OWNER = 'somebody', HOST = '{Environment.MachineName}', PROCESS_ID = {Environment.ProcessId}, PROCESS_STARTED_AT = '{began:yyyy-MM-dd HH:mm:ss.ffffff}', HELD_SINCE = '2100-01-01' RETURNING 1");
        var before = session.Content();

        var result = session.Run(command);

        Assert.Equal("RunLocked", result.ErrorId);
        Assert.Equal(System.Management.Automation.ErrorCategory.ResourceBusy, result.Error.CategoryInfo.Category);
        Assert.StartsWith(
            $"run therun of somebody on {Environment.MachineName}, process {Environment.ProcessId}, since 2100-01-01",
            $"{result.Error.TargetObject}", StringComparison.Ordinal);
        Assert.NotEmpty(result.Error.ErrorDetails.RecommendedAction);
        Assert.Equal(before, session.Content());
    }

    [Fact]
    public void A_lock_of_a_process_that_is_gone_is_taken_over()
    {
        using var session = SampleWarehouse.OpenSampled();
        session.Query(
            "UPDATE LOYALTY.RUN_LOCK SET RUN_ID = 'dead', HOST = 'elsewhere', PROCESS_ID = 1, HELD_SINCE = '2020-01-01' RETURNING 1");

        session.Run($"Invoke-LoyaltyMerge {SampleWarehouse.Day}").Succeeded();
    }
}
