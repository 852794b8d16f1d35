using System.Management.Automation;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>Each failure that a cmdlet foresees: its id, category, target and remedy.</summary>
public sealed class FailureTests
{
    private const string Header =
        "USER_ID,EMAIL,FULL_NAME,PHONE,REGION_CODE,ACCOUNT_TYPE,ACCOUNT_STATUS,MARKETING_CONSENT,SIGNED_UP_AT,UPDATED_AT";

    [Theory]
    [InlineData("New-LoyaltySample -Users 5")]
    [InlineData("Import-LoyaltySource landing")]
    [InlineData("Invoke-LoyaltyMerge")]
    [InlineData("Compress-LoyaltyHistory 1 -Confirm:$false")]
    [InlineData("Undo-LoyaltyMerge 2026-06-30 -Confirm:$false")]
    [InlineData("Add-LoyaltySuppression 1")]
    [InlineData("Get-LoyaltySuppression")]
    [InlineData("Remove-LoyaltySuppression 1")]
    [InlineData("Get-LoyaltyRun")]
    [InlineData("Get-LoyaltyQuarantine")]
    [InlineData("Get-EngagementSegment")]
    [InlineData("Export-EngagementSegment Marketing -Destination drop")]
    [InlineData("Get-SegmentDelivery")]
    [InlineData("Test-PipelineIntegrity")]
    [InlineData("Clear-SegmentDelivery Marketing -Destination drop -OlderThan 2026-01-01 -Confirm:$false")]
    public void Without_a_warehouse_or_its_tables_nothing_works(string command)
    {
        using var session = new ModuleRunspace();
        session.Run("$null = New-LoyaltySample -Users 5 -Path landing").Succeeded();

        AssertError(session.Run(command), "WarehouseNotConnected", ErrorCategory.InvalidOperation, null);
        session.Run("$w = Connect-LoyaltyWarehouse w.duckdb").Succeeded();
        AssertError(session.Run(command), "WarehouseNotInitialized", ErrorCategory.InvalidOperation, "LOYALTY.MASTER");
        session.Run("Disconnect-LoyaltyWarehouse").Succeeded();
        AssertError(session.Run($"{command} -Warehouse $w"), "WarehouseClosed", ErrorCategory.InvalidOperation, session.PathOf("w.duckdb"));
        AssertError(session.Run($"{command} -Warehouse Env:PATH"), "PathNotSupported", ErrorCategory.InvalidArgument, "Env:PATH");
        AssertError(
            session.Run($"{command} -Warehouse nodrive:/w.duckdb"), "PathNotSupported", ErrorCategory.InvalidArgument, "nodrive:/w.duckdb");
        AssertError(
            session.Run($"{command} -Warehouse nowhere/w.duckdb"), "WarehouseUnavailable", ErrorCategory.ResourceUnavailable,
            session.PathOf("nowhere/w.duckdb"));
    }

    [Fact]
    public async Task A_file_that_another_process_holds_is_busy_and_the_process_is_named()
    {
        using var session = SampleWarehouse.OpenMerged();
        var script = $"Import-Module '{ModuleRunspace.Manifest}'; foreach ($command in {{ Invoke-LoyaltyMerge -Warehouse '{session.PathOf("w.duckdb")}' }}, {{ Get-LoyaltyRun -Warehouse '{session.PathOf("w.duckdb")}' }}) {{ "
            + "try { & $command } catch { \"$($_.FullyQualifiedErrorId.Split(',')[0])|$($_.CategoryInfo.Category)|$($_.TargetObject)|$($_.Exception.Message)|$($_.ErrorDetails.RecommendedAction)\" } }";

        var lines = await FreshProcess.RunAsync(script);

        foreach (var line in lines[^2..])
        {
            Assert.StartsWith($"WarehouseBusy|ResourceBusy|{session.PathOf("w.duckdb")}|", line, StringComparison.Ordinal);
            Assert.Contains($"is open in process {Environment.ProcessId} (", line, StringComparison.Ordinal);
            Assert.Contains($"Stop-Process -Id {Environment.ProcessId}", line, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("USER_PROFILE.csv", "USER_ID,EMAIL\n1,a@b.example\n", "SourceColumnMissing")]
    [InlineData("USER_PROFILE.csv", "", "SourceFileUnreadable")]
    [InlineData("USER_PROFILE.csv.gz", "this is no gzip", "SourceFileUnreadable")]
    [InlineData("USER_PROFILE.parquet", "this is no parquet", "SourceFileUnreadable")]
    public void A_file_that_cannot_be_used_leaves_the_others_to_be_imported(string name, string text, string id)
    {
        using var session = WithFiles();
        File.Delete(session.PathOf("landing/USER_PROFILE.csv"));
        File.WriteAllText(session.PathOf($"landing/{name}"), text);

        var result = session.Run("Import-LoyaltySource landing");

        Assert.Null(result.TerminatingError);
        AssertError(result, id, ErrorCategory.InvalidData, session.PathOf($"landing/{name}"));
        Assert.Equal(Directory.GetFiles(session.PathOf("landing")).Length - 1, result.Output.Count);
        Assert.Equal(["0"], session.Query("SELECT COUNT(*) FROM DW_A.USER_PROFILE"));
        dynamic failed = Assert.Single(session.Run("Get-LoyaltyRun -Status Failed").Succeeded().Output);
        Assert.Equal(id, failed.ErrorId);
    }

    [Fact]
    public void A_merge_without_profiles_is_refused_and_logged()
    {
        using var session = SampleWarehouse.OpenEmpty();

        AssertError(session.Run("Invoke-LoyaltyMerge"), "SourceMissing", ErrorCategory.ObjectNotFound, "DW_A.USER_PROFILE");
        dynamic run = Assert.Single(session.Run("Get-LoyaltyRun").Succeeded().Output);
        Assert.Equal(("Refused", "SourceMissing"), ((string)$"{run.Status}", (string)run.ErrorId));
    }

    [Fact]
    public void Sources_that_are_missing_are_warned_of_with_what_is_not_known_then()
    {
        using var session = SampleWarehouse.OpenEmpty();
        var sources = session.Query("SELECT table_name FROM information_schema.tables WHERE STARTS_WITH(table_schema, 'DW_')").Count;
        session.Query("DROP TABLE DW_B.SUPPORT_CHATS");
        File.WriteAllText(
            session.PathOf("USER_PROFILE.csv"), $"{Header}\n1,,,,,plus,active,true,2026-01-01,{DateTime.UtcNow:yyyy-MM-dd}\n");

        var result = session.Run("$null = Import-LoyaltySource USER_PROFILE.csv; Invoke-LoyaltyMerge").Succeeded();

        Assert.Equal(sources - 1, result.Warnings.Count);
        Assert.Contains(
            result.Warnings,
            text => text.StartsWith(
                "Source DW_B.SUPPORT_CHATS does not exist: nothing is known for SUPPORT_CHATS_30D", StringComparison.Ordinal));
        Assert.Contains(result.Warnings, text => text.StartsWith("Source DW_B.ISSUE_TICKETS has no row up to", StringComparison.Ordinal));
        Assert.Equal(1L, ((dynamic)Assert.Single(result.Output)).Users);
    }

    [Fact]
    public void A_guard_stops_a_merge_and_Force_lets_it_pass_and_is_recorded()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Query("DELETE FROM DW_A.USER_PROFILE WHERE USER_ID <= 50 RETURNING USER_ID");
        var before = session.ContentWithoutLogs();

        dynamic plan = Assert.Single(session.Run("Invoke-LoyaltyMerge 2026-07-01 -WhatIf").Succeeded().Output);
        AssertError(session.Run("Invoke-LoyaltyMerge 2026-07-01"), "GuardTripped", ErrorCategory.InvalidData, new DateTime(2026, 7, 1));
        Assert.Equal(before, session.ContentWithoutLogs());

        var forced = session.Run("Invoke-LoyaltyMerge 2026-07-01 -Force").Succeeded();
        dynamic done = Assert.Single(forced.Output);
        // What is left behind of the users belongs to nobody then.
        Assert.Equal("Rejected", (string)plan.Guards[0].Name);
        Assert.Equal("Deletes", (string)plan.Guards[plan.Guards.Count - 1].Name);
        Assert.Equal((SampleWarehouse.Users - 50L, 50L), ((long)done.Users, (long)done.Deleted));
        Assert.Contains(forced.Warnings, text => text.StartsWith("Forced past a guard: ", StringComparison.Ordinal));
        dynamic run = Assert.Single(session.Run("Get-LoyaltyRun -Last 1").Succeeded().Output);
        Assert.True(run.Forced);
        Assert.Contains("; Deletes: ", (string)run.Guards, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_does_not_overwrite()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run("$null = New-LoyaltySample -Users 5 -Path landing").Succeeded();
        var before = session.Content();

        AssertError(session.Run("New-LoyaltySample -Users 5"), "SampleTargetNotEmpty", ErrorCategory.InvalidOperation, "DW_A.USER_PROFILE");
        AssertError(
            session.Run("New-LoyaltySample -Users 5 -Path landing -Compress"), "SampleTargetNotEmpty", ErrorCategory.InvalidOperation,
            session.PathOf("landing"));
        Assert.Equal(before, session.Content());

        session.Run("$null = New-LoyaltySample -Users 5 -Force; $null = New-LoyaltySample -Users 5 -Path landing -Compress -Force")
            .Succeeded();
        Assert.Equal(["5"], session.Query("SELECT COUNT(*) FROM DW_A.USER_PROFILE"));
        Assert.All(Directory.EnumerateFiles(session.PathOf("landing")), file => Assert.EndsWith(".csv.gz", file, StringComparison.Ordinal));
    }

    private static ModuleRunspace WithFiles()
    {
        var session = SampleWarehouse.OpenEmpty();
        session.Run("$null = New-LoyaltySample -Users 20 -Days 30 -Path landing").Succeeded();
        return session;
    }

    private static void AssertError(ScriptResult result, string id, ErrorCategory category, object? target)
    {
        Assert.Equal(id, result.ErrorId);
        Assert.Equal(category, result.Error.CategoryInfo.Category);
        Assert.Equal(target, result.Error.TargetObject);
        Assert.NotEmpty(result.Error.ErrorDetails.RecommendedAction);
    }
}
