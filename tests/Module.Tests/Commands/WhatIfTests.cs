using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>-WhatIf writes nothing at all, and what it says is what the run then does.</summary>
public sealed class WhatIfTests
{
    private const string Facts =
        ".ForEach{ $r = $_; ($r.psobject.Properties.Name.Where{ $_ -notin 'RunId', 'Applied', 'Outcome', 'Seconds', 'RowsPerSecond', 'Steps', 'Sources', 'Files' }.ForEach{ \"$_=$($r.$_ -join ';')\" }) -join ' ' }";

    [Fact]
    public void A_merge_is_planned_as_it_is_then_done()
    {
        using var session = SampleWarehouse.OpenSampled();
        AssertPlan(session, $"Invoke-LoyaltyMerge {SampleWarehouse.Day}");
    }

    [Fact]
    public void A_merge_that_changes_little_is_planned_as_it_is_then_done()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Query("UPDATE DW_A.USER_PROFILE SET ACCOUNT_TYPE = 'premium' WHERE USER_ID BETWEEN 3 AND 9 RETURNING USER_ID");
        session.Query("DELETE FROM DW_A.USER_PROFILE WHERE USER_ID = 11 RETURNING USER_ID");

        var plan = AssertPlan(session, $"Invoke-LoyaltyMerge {SampleWarehouse.Day}");

        Assert.Contains("Deleted=1", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SampleWarehouse.Day)]
    [InlineData("2026-06-20")]
    public void A_detailed_plan_shows_changes_without_personal_data_and_writes_nothing(string day)
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Query(
            "UPDATE DW_A.USER_PROFILE SET ACCOUNT_TYPE = CASE ACCOUNT_TYPE WHEN 'premium' THEN 'plus' ELSE 'premium' END, EMAIL = 'new@secret.example' WHERE USER_ID BETWEEN 3 AND 9 RETURNING USER_ID");
        var before = session.Content();

        var planned = session.Run($"(Invoke-LoyaltyMerge {day} -WhatIf -Detailed).Changes").Succeeded();

        Assert.Equal(before, session.Content());
        Assert.Contains(planned.Output, change => ((dynamic)change).Column == "ACCOUNT_TYPE");
        Assert.Contains(planned.Output, change => ((dynamic)change).Column == "EMAIL" && ((dynamic)change).After == "***");
        Assert.DoesNotContain(planned.Output, change => $"{change}".Contains("secret", StringComparison.Ordinal));
        Assert.Equal([0], session.Run($"(Invoke-LoyaltyMerge {day} -WhatIf).Changes.Count").Succeeded().Output);
    }

    [Theory]
    [InlineData("Upsert")]
    [InlineData("Append")]
    [InlineData("Replace")]
    public void An_import_is_planned_as_it_is_then_done(string mode)
    {
        using var session = SampleWarehouse.OpenSampled();
        session.Run("$null = New-LoyaltySample -Users 60 -Days 30 -Seed 8 -Dirty -Path landing").Succeeded();

        AssertPlan(session, $"Import-LoyaltySource landing -Mode {mode}");
    }

    [Fact]
    public void A_replay_is_announced_and_not_written()
    {
        using var session = SampleWarehouse.OpenSampled();
        var before = session.Content();

        var planned = session.Run("Invoke-LoyaltyMerge -From 2026-06-29 -To 2026-06-30 -WhatIf").Succeeded();

        Assert.Empty(planned.Output);
        Assert.Contains(
            "What if: Merge each day from 2026-06-29 to 2026-06-30 into Master and History", planned.HostText, StringComparison.Ordinal);
        Assert.Equal(before, session.Content());
        Assert.Equal(
            ["06/29", "06/30"],
            session.Run(
                "(Invoke-LoyaltyMerge -From 2026-06-29 -To 2026-06-30 -Force).ForEach{ $_.RunDate.ToString('MM/dd', [cultureinfo]::InvariantCulture) }").Succeeded().Output);
        Assert.Equal(
            [1], session.Run("@(Invoke-LoyaltyMerge -From 2026-06-28 -To 2026-06-30 -OnlyMissing -Force).Count").Succeeded().Output);
    }

    [Fact]
    public void A_compression_is_planned_as_it_is_then_done()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run("$null = Invoke-LoyaltyMerge -From 2026-06-26 -To 2026-06-29 -Force -WarningAction SilentlyContinue").Succeeded();

        var plan = AssertPlan(session, "Compress-LoyaltyHistory -KeepDaily 2");

        Assert.Contains("DaysKept=2", plan, StringComparison.Ordinal);
        Assert.Equal(["29", "30"], session.Query("SELECT DAY(SNAPSHOT_DATE) FROM LOYALTY.SNAPSHOT ORDER BY 1"));
    }

    [Theory]
    [InlineData(29)]
    [InlineData(30)]
    public void A_day_is_taken_back_as_it_was_planned(int day)
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run("$null = Invoke-LoyaltyMerge -From 2026-06-28 -To 2026-06-29 -Force -WarningAction SilentlyContinue").Succeeded();

        AssertPlan(session, $"Undo-LoyaltyMerge 2026-06-{day}");

        Assert.Equal(
            Enumerable.Range(28, 3).Except([day]).Select(left => $"{left}"),
            session.Query("SELECT DAY(SNAPSHOT_DATE) FROM LOYALTY.SNAPSHOT ORDER BY 1"));
    }

    [Theory]
    [InlineData("New-LoyaltySample -Users 50 -Force")]
    [InlineData("New-LoyaltySample -Users 50 -Path landing")]
    public void A_sample_is_announced_and_not_written(string command)
    {
        using var session = SampleWarehouse.OpenSampled();
        var before = session.Content();

        var planned = session.Run($"{command} -WhatIf").Succeeded();

        Assert.Empty(planned.Output);
        Assert.Contains("What if: Write a sample of 50 users", planned.HostText, StringComparison.Ordinal);
        Assert.Equal(before, session.Content());
        Assert.False(Directory.Exists(session.PathOf("landing")));
        Assert.NotEmpty(session.Run($"{command} -Confirm:$false").Succeeded().Output);
    }

    [Theory]
    [InlineData("Import-LoyaltySource landing")]
    [InlineData("Invoke-LoyaltyMerge 2026-06-30")]
    [InlineData("New-LoyaltySample -Users 5 -Force")]
    public void The_preference_of_the_session_counts_like_the_switch(string command)
    {
        using var session = SampleWarehouse.OpenSampled();
        session.Run("$null = New-LoyaltySample -Users 20 -Days 30 -Path landing").Succeeded();
        var before = session.Content();

        session.Run($"$WhatIfPreference = $true; {command}").Succeeded();
        Assert.Equal(before, session.Content());

        session.Run($"{command} -WhatIf:$false").Succeeded();
        Assert.NotEqual(before, session.Content());
    }

    [Theory]
    [InlineData("Import-LoyaltySource landing -Confirm")]
    [InlineData("Invoke-LoyaltyMerge 2026-06-30 -Confirm")]
    [InlineData("New-LoyaltySample -Users 5 -Force -Confirm")]
    [InlineData("Compress-LoyaltyHistory -KeepDaily 1")]
    [InlineData("Undo-LoyaltyMerge 2026-06-30")]
    [InlineData("Add-LoyaltySuppression 1 -Confirm")]
    [InlineData("Remove-LoyaltySuppression 1 -Confirm")]
    [InlineData("Export-EngagementSegment Marketing -Destination drop -Confirm")]
    [InlineData("Clear-SegmentDelivery Marketing -Destination drop -OlderThan 2100-01-01")]
    [InlineData("Remove-LoyaltyUser 1")]
    [InlineData("Remove-LoyaltyUser 1 -Release")]
    [InlineData("Remove-LoyaltyUser -Compact")]
    [InlineData("Export-LoyaltyUser 1 -Path drop -Confirm")]
    [InlineData("Backup-LoyaltyWarehouse new.duckdb -Confirm")]
    [InlineData("Connect-LoyaltyWarehouse new.duckdb -Confirm")]
    public void An_answer_of_no_does_nothing_and_emits_nothing(string command)
    {
        using var session = new ModuleRunspace(choice: 2);
        session.Run(
            "$null = Connect-LoyaltyWarehouse w.duckdb; $null = Initialize-LoyaltyWarehouse; $null = New-LoyaltySample -Users 5 -Path landing; $null = New-LoyaltySample -Users 5").Succeeded();

        Assert.Empty(session.Run(command).Succeeded().Output);
        Assert.Equal(["Sample"], session.Run("(Get-LoyaltyRun).ForEach{ \"$($_.Kind)\" }").Succeeded().Output);
        Assert.False(File.Exists(session.PathOf("new.duckdb")));
        Assert.False(Directory.Exists(session.PathOf("drop")));
    }

    [Fact]
    public void Only_Initialize_and_Connect_make_a_warehouse_file()
    {
        string[] commands =
        [
            "New-LoyaltySample -Users 5",
            "Import-LoyaltySource w.csv -Table USER_PROFILE",
            "Invoke-LoyaltyMerge",
            "New-LoyaltySample -Users 5 -WhatIf",
            "Import-LoyaltySource w.csv -Table USER_PROFILE -WhatIf",
            "Invoke-LoyaltyMerge -WhatIf",
            "Compress-LoyaltyHistory 1 -Confirm:$false",
            "Undo-LoyaltyMerge 2026-06-30 -Confirm:$false",
            "Undo-LoyaltyMerge 2026-06-30 -WhatIf",
            "Add-LoyaltySuppression 1 -Reason asked",
            "Add-LoyaltySuppression 1 -WhatIf",
            "Get-LoyaltySuppression",
            "Remove-LoyaltySuppression 1",
            "Remove-LoyaltyUser 1 -Confirm:$false",
            "Remove-LoyaltyUser 1 -WhatIf",
            "Export-LoyaltyUser 1 -Path drop",
            "Get-LoyaltyRun",
            "Backup-LoyaltyWarehouse backup.duckdb",
            "Get-LoyaltyDiagnostic report.zip",
            "Get-LoyaltyAudit",
            "Get-LoyaltyQuarantine",
            "Export-EngagementSegment Marketing -Destination drop",
            "Export-EngagementSegment Marketing -Destination drop -WhatIf",
            "Get-SegmentDelivery",
            "Clear-SegmentDelivery Marketing -Destination drop -OlderThan 2100-01-01 -Confirm:$false",
            "Clear-SegmentDelivery Marketing -Destination drop -OlderThan 2100-01-01 -WhatIf",
            "Get-EngagementSegment",
        ];
        using var session = new ModuleRunspace();
        foreach (var command in commands)
        {
            var result = session.Run($"{command} -Warehouse new.duckdb");

            Assert.Equal("WarehouseNotInitialized", result.ErrorId);
            Assert.Equal(session.PathOf("new.duckdb"), result.Error.TargetObject);
            Assert.Empty(Directory.EnumerateFileSystemEntries(session.Folder));
        }
    }

    [Theory]
    [InlineData("Connect-LoyaltyWarehouse new.duckdb -WhatIf")]
    [InlineData("$WhatIfPreference = $true; Connect-LoyaltyWarehouse new.duckdb")]
    public void Connecting_to_a_new_file_only_names_it(string script)
    {
        using var session = new ModuleRunspace();

        var result = session.Run($"{script}; Initialize-LoyaltyWarehouse -WhatIf").Succeeded();

        Assert.Contains("What if: Create the warehouse file", result.HostText, StringComparison.Ordinal);
        Assert.Equal(
            (false, session.PathOf("new.duckdb")),
            ((bool)((dynamic)result.Output[0]).IsOpen, (string)((dynamic)result.Output[0]).Location));
        Assert.True(result.Output.Count > 5);
        Assert.Empty(Directory.EnumerateFileSystemEntries(session.Folder));

        session.Run("Initialize-LoyaltyWarehouse -WhatIf:$false").Succeeded();
        Assert.True(File.Exists(session.PathOf("new.duckdb")));
        session.Run("Disconnect-LoyaltyWarehouse").Succeeded();
    }

    [Fact]
    public void A_plan_for_a_path_that_cannot_be_is_refused_too()
    {
        using var session = new ModuleRunspace();

        Assert.Equal("WarehouseUnavailable", session.Run("Initialize-LoyaltyWarehouse -Warehouse nowhere/w.duckdb -WhatIf").ErrorId);
        Assert.Equal("WarehouseUnavailable", session.Run("Initialize-LoyaltyWarehouse -Warehouse . -WhatIf").ErrorId);
    }

    private static string AssertPlan(ModuleRunspace session, string command)
    {
        var before = session.Content();

        var planned = session.Run($"$plan = @({command} -WhatIf); $plan.ForEach{{ $_.Applied }}; $plan{Facts}").Succeeded();

        Assert.Equal(before, session.Content());
        Assert.Contains("What if: ", planned.HostText, StringComparison.Ordinal);
        Assert.DoesNotContain(true, planned.Output);
        Assert.All(session.Run("$plan.ForEach{ \"$($_.RunId)\" }").Succeeded().Output, runId => Assert.Equal("", runId));
        var done = session.Run($"$done = @({command} -Confirm:$false); $done.ForEach{{ $_.Applied }}; $done{Facts}").Succeeded();
        Assert.NotEqual(before, session.Content());
        Assert.DoesNotContain(false, done.Output);
        Assert.Equal(planned.Output.OfType<string>(), done.Output.OfType<string>());
        return string.Join('\n', done.Output.OfType<string>());
    }
}
