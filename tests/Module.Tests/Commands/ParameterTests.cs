using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>What the parameters take, offer and refuse, and what comes through the pipeline.</summary>
public sealed class ParameterTests
{
    [Theory]
    [InlineData("Get-LoyaltyRun -Warehouse w.duckdb")]
    [InlineData("Get-LoyaltyRun -Warehouse ./w.duckdb")]
    [InlineData("Get-LoyaltyRun -Warehouse ([System.IO.FileInfo]::new(\"$($ExecutionContext.SessionState.Path.CurrentLocation)/w.duckdb\"))")]
    [InlineData("$w = Connect-LoyaltyWarehouse w.duckdb; Get-LoyaltyRun -Warehouse $w")]
    [InlineData("[pscustomobject]@{ Warehouse = 'w.duckdb' } | Get-LoyaltyRun")]
    [InlineData("$w = Connect-LoyaltyWarehouse w.duckdb; [pscustomobject]@{ Warehouse = $w } | Get-LoyaltyRun")]
    [InlineData("$null = Connect-LoyaltyWarehouse w.duckdb; Get-LoyaltyRun")]
    public void The_warehouse_is_named_in_every_way(string script)
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run("Disconnect-LoyaltyWarehouse").Succeeded();

        Assert.Single(session.Run(script).Succeeded().Output);
    }

    [Fact]
    public async Task The_environment_names_the_warehouse_for_every_cmdlet()
    {
        using var session = SampleWarehouse.OpenSampled();
        session.Run("Disconnect-LoyaltyWarehouse").Succeeded();

        var lines = await FreshProcess.RunAsync(
            $"Import-Module '{ModuleRunspace.Manifest}'; [System.Environment]::SetEnvironmentVariable('LOYALTY_WAREHOUSE', '{session.PathOf("w.duckdb")}');"
            + $"(Invoke-LoyaltyMerge {SampleWarehouse.Day}).Users; @(Get-LoyaltyRun).Count; @(Get-EngagementSegment).Count; @(Get-LoyaltyQuarantine).Count -gt 50");

        Assert.Equal([$"{SampleWarehouse.Users}", "1", $"{SampleWarehouse.Users}", "True"], lines[^4..]);
    }

    [Theory]
    [InlineData("'landing/USER_PROFILE.csv', 'landing/USER_ACTIVITY.csv' | Import-LoyaltySource")]
    [InlineData("[System.IO.DirectoryInfo]::new(\"$($ExecutionContext.SessionState.Path.CurrentLocation)/landing\").GetFiles('USER_*.csv') | Import-LoyaltySource")]
    [InlineData("'landing/USER_PROFILE.csv', 'landing/USER_ACTIVITY.csv' | ForEach-Object { [pscustomobject]@{ Path = $_ } } | Import-LoyaltySource")]
    [InlineData("'landing/USER_PROFILE.csv', 'landing/USER_ACTIVITY.csv' | ForEach-Object { [pscustomobject]@{ FullName = $_; Warehouse = 'w.duckdb' } } | Import-LoyaltySource")]
    [InlineData("Import-LoyaltySource landing/USER_PROFILE.csv, landing/USER_ACTIVITY.csv")]
    public void Files_come_through_the_pipeline(string script)
    {
        using var session = SampleWarehouse.OpenEmpty();
        session.Run("$null = New-LoyaltySample -Users 10 -Days 30 -Path landing").Succeeded();

        var tables = session.Run($"({script}).ForEach{{ $_.SourceTable }}").Succeeded().Output;

        Assert.Equal(["DW_A.USER_ACTIVITY", "DW_A.USER_PROFILE"], tables.Cast<string>().Order());
    }

    [Theory]
    [InlineData("Get-LoyaltyHistory -Between 2026-06-30")]
    [InlineData("Get-LoyaltyHistory -Between 2026-06-28, 2026-06-29, 2026-06-30")]
    [InlineData("Get-LoyaltyHistory -Between 2026-06-28, 30.6.2026")]
    [InlineData("Get-LoyaltyHistory -Between 2026-06-28, 2026-06-29 -AsOf 2026-06-30")]
    [InlineData("Invoke-LoyaltyMerge -From 2026-06-29")]
    [InlineData("Invoke-LoyaltyMerge 2026-06-29 -From 2026-06-29 -To 2026-06-30")]
    public void Days_that_make_no_sense_together_are_refused(string script)
    {
        using var session = SampleWarehouse.OpenMerged();

        Assert.NotNull(session.Run(script).ErrorId);
        Assert.Equal([1], session.Run("@(Get-LoyaltyRun).Count").Succeeded().Output);
    }

    [Fact]
    public void Users_are_piped_into_their_history()
    {
        using var session = SampleWarehouse.OpenMerged();

        Assert.Equal([3L, 5L], session.Run("(3, 5 | ForEach-Object { [pscustomobject]@{ UserId = $_ } } | Get-LoyaltyHistory).ForEach{ $_.UserId }").Succeeded().Output);
        Assert.Equal([3L, 5L], session.Run("(3, '5' | Get-LoyaltyHistory).ForEach{ $_.UserId }").Succeeded().Output);
        Assert.Equal([3L, 5L], session.Run("(Get-LoyaltyHistory 5, 3).ForEach{ $_.UserId }").Succeeded().Output);
        // No user is not every user.
        Assert.NotNull(session.Run("Get-LoyaltyHistory @()").ErrorId);
    }

    [Fact]
    public void Runs_are_piped_into_the_quarantine_each_with_its_rows()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run($"$null = Invoke-LoyaltyMerge {SampleWarehouse.Day}; $runs = @(Get-LoyaltyRun)").Succeeded();

        var counts = session.Run("$runs.ForEach{ $_.Quarantined }; $runs.ForEach{ @($_ | Get-LoyaltyQuarantine).Count }; @($runs | Get-LoyaltyQuarantine).Count").Succeeded().Output;

        var each = Convert.ToInt64(counts[0], null);
        Assert.True(each > 50);
        Assert.Equal([each, each, each, each, 2 * each], counts.Select(count => Convert.ToInt64(count, null)));
    }

    [Fact]
    public void The_quarantine_is_read_by_table_rule_and_number()
    {
        using var session = SampleWarehouse.OpenMerged();

        var result = session.Run("Get-LoyaltyQuarantine -Table user_activity -Rule Range -First 2").Succeeded().Output;

        Assert.Equal(["DW_A.USER_ACTIVITY range", "DW_A.USER_ACTIVITY range"], result.Select(row => $"{((dynamic)row).SourceTable} {((dynamic)row).Rule}"));
        Assert.Equal("SourceTableUnknown", session.Run("Get-LoyaltyQuarantine -Table GUEST_BOOK").ErrorId);
    }

    [Fact]
    public void The_log_is_read_by_kind_status_day_and_number()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run($"$null = New-LoyaltySample -Users 5 -Path landing; $null = Import-LoyaltySource landing; $null = Invoke-LoyaltyMerge 2026-07-01 -Force").Succeeded();

        Assert.Equal(
            [13, 2, 15, 1, 0, 3],
            session.Run($"@(Get-LoyaltyRun -Kind Import).Count; @(Get-LoyaltyRun -Kind Merge).Count; @(Get-LoyaltyRun -Status Succeeded).Count; @(Get-LoyaltyRun -RunDate {SampleWarehouse.Day}).Count; "
                + "@(Get-LoyaltyRun -Status Failed).Count; @(Get-LoyaltyRun -Last 3).Count").Succeeded().Output);
    }

    [Fact]
    public void A_segment_is_read_by_name_region_and_number()
    {
        using var session = SampleWarehouse.OpenMerged();
        var largest = session.Query("SELECT REGION_CODE FROM LOYALTY.MASTER WHERE ENGAGEMENT_SEGMENT = 'Engaged' GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT 1")[0];
        var expected = session.Query($"SELECT USER_ID FROM LOYALTY.MASTER WHERE ENGAGEMENT_SEGMENT = 'Engaged' AND REGION_CODE = '{largest}' ORDER BY 1 LIMIT 2");

        var members = session.Run($"Get-EngagementSegment Engaged -Region '{largest}' -First 2").Succeeded().Output;

        Assert.Equal(expected, members.Select(member => $"{((dynamic)member).UserId}"));
        Assert.Empty(session.Run("Get-EngagementSegment -Region NO*WHERE").Succeeded().Output);
    }

    [Fact]
    public void Values_are_offered()
    {
        (string Line, string Offered)[] expected =
        [
            ("Import-LoyaltySource x -Mode ", "Append Replace Upsert"),
            ("Import-LoyaltySource x -Table user_a", "DW_A.USER_ACTIVITY"),
            ("Get-LoyaltyQuarantine -Table DW_C.", "DW_C.REGION_METADATA DW_C.REGION_THRESHOLDS"),
            ("Get-LoyaltyQuarantine -Rule n", "not_null null_key"),
            ("Get-EngagementSegment ", "Engaged HighlyEngaged LowEngagement Unscored"),
            ("Get-EngagementSegment -Segment L", "LowEngagement"),
            ("Get-LoyaltyRun -Kind ", "Compress Deliver Import Merge Test"),
            ("Test-PipelineIntegrity ", "Anomalies Deliveries History Master Sources"),
            ("Test-PipelineIntegrity -Check master.un", "LOYALTY.MASTER.unique"),
            ("Test-PipelineIntegrity -Check *master*niq", "LOYALTY.MASTER.unique"),
            ("Test-PipelineIntegrity -Table user_a", "DW_A.USER_ACTIVITY"),
            ("Test-PipelineIntegrity -FailOn ", "Error Warning"),
            ("Get-LoyaltyRun -Status ", "Cancelled Failed Refused Succeeded"),
        ];
        using var session = new ModuleRunspace();

        Assert.All(expected, pair => Assert.Equal(pair.Offered, string.Join(' ', Offered(session, pair.Line))));
    }

    [Fact]
    public void Days_are_offered()
    {
        using var session = new ModuleRunspace();
        foreach (var line in (string[])["Invoke-LoyaltyMerge -RunDate ", "Invoke-LoyaltyMerge ", "Get-LoyaltyRun -RunDate ", "New-LoyaltySample -LastDay "])
        {
            var days = Offered(session, line);
            Assert.Equal(7, days.Count);
            Assert.All(days, day => Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", day));
        }
    }

    [Fact]
    public void A_limit_is_a_count_or_a_share()
    {
        string[] values = ["5", "0", "5%", "0.5%", "100%", "'5%'", "5.0"];
        using var session = SampleWarehouse.OpenEmpty();

        Assert.All(values, value => Assert.Equal("SourcePathNotFound", session.Run($"Import-LoyaltySource x -MaxRejected {value}").ErrorId));
    }

    [Fact]
    public void A_value_that_cannot_be_is_refused_before_anything_is_done()
    {
        string[] commands =
        [
            "Import-LoyaltySource x -MaxRejected -5",
            "Import-LoyaltySource x -MaxRejected 5.5",
            "Import-LoyaltySource x -MaxRejected 101%",
            "Import-LoyaltySource x -MaxRejected often",
            "Import-LoyaltySource x -MaxRejected ''",
            "Import-LoyaltySource x -Mode Merge",
            "Import-LoyaltySource x -Delimiter ';;'",
            "Import-LoyaltySource x -Table ''",
            "Import-LoyaltySource ''",
            "Invoke-LoyaltyMerge 30.06.2026",
            "Invoke-LoyaltyMerge -RunDate ''",
            "New-LoyaltySample -Users 0",
            "New-LoyaltySample -Days 0",
            "New-LoyaltySample -Days 3661",
            "New-LoyaltySample -LastDay 06/30/2026",
            "New-LoyaltySample -LastDay 1989-12-31",
            "New-LoyaltySample -LastDay 2201-01-01",
            "Get-LoyaltyRun -Last 0",
            "Get-LoyaltyRun -Kind Export",
            "Get-LoyaltyRun -RunDate yesterday",
            "Get-LoyaltyQuarantine -Rule length",
            "Get-LoyaltyQuarantine -First 0",
            "Get-EngagementSegment Best",
            "Get-EngagementSegment -First 0",
            "Get-LoyaltyRun -Warehouse $null",
            "Get-LoyaltyRun -Warehouse 5",
        ];
        using var session = SampleWarehouse.OpenEmpty();

        Assert.All(commands, command => Assert.Contains("ParameterBinding", session.Run(command).Error.Exception.GetType().Name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-EngagementSegment")]
    [InlineData("Get-LoyaltyQuarantine")]
    [InlineData("Get-LoyaltyRun")]
    [InlineData("Import-LoyaltySource landing")]
    public void A_reader_that_has_enough_is_no_error_and_leaves_the_warehouse_usable(string command)
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run("$null = New-LoyaltySample -Users 5 -Days 30 -Path landing; $Error.Clear()").Succeeded();

        var result = session.Run($"do {{ {command} | ForEach-Object {{ $_; break }} }} while ($false); $Error.Count").Succeeded();

        Assert.Equal(0, result.Output[^1]);
        Assert.Equal(2, result.Output.Count);
        Assert.Equal("Unchanged", $"{((dynamic)Assert.Single(session.Run($"$null = Invoke-LoyaltyMerge {SampleWarehouse.Day} -Force; Invoke-LoyaltyMerge {SampleWarehouse.Day}").Succeeded().Output)).Outcome}");
    }

    private static List<string> Offered(ModuleRunspace session, string line) =>
        [.. session.Run($"(TabExpansion2 '{line}').CompletionMatches.ForEach{{ $_.CompletionText }}").Succeeded().Output.Cast<string>()];
}
