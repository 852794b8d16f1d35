using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Formatting;

/// <summary>Results as a user sees them: tables of 120 columns, days as ISO dates.</summary>
public sealed partial class FormatTests
{
    [GeneratedRegex(@"\d+/\d+/\d{4}", RegexOptions.NonBacktracking)]
    private static partial Regex DayOfACulture { get; }

    [Fact]
    public async Task Results_are_tables_that_fit_120_columns()
    {
        using var folder = new ScratchFolder();
        var script = folder.Write("show.ps1", $$"""
            Import-Module '{{ModuleRunspace.Manifest}}'
            $ErrorActionPreference = 'Stop'
            $ExecutionContext.SessionState.Path.SetLocation('{{folder.Path}}') | Out-Null
            '#LoyaltyWarehouse'; Connect-LoyaltyWarehouse w.duckdb | Out-String -Width 120
            '#SchemaChange'; Initialize-LoyaltyWarehouse | Out-String -Width 120
            '#SampleResult'; $sample = New-LoyaltySample -Users 100 -Days 60 -Dirty -Path landing; $sample | Out-String -Width 120
            '#SampleTableResult'; $sample.Tables | Out-String -Width 120
            '#ImportResult'; $import = Import-LoyaltySource landing; $import | Out-String -Width 120
            '#MergeResult'; $merge = Invoke-LoyaltyMerge 2026-06-30; $merge | Out-String -Width 120
            '#RejectedRows'; $import[0].RejectedByRule | Out-String -Width 120
            '#SegmentMove'; $merge.SegmentMoves | Out-String -Width 120
            '#SourceLog'; $merge.Sources | Out-String -Width 120
            '#StepLog'; $merge.Steps | Out-String -Width 120
            '#RunRecord'; $null = Import-LoyaltySource landing -MaxRejected 0 -ErrorAction SilentlyContinue; Get-LoyaltyRun | Out-String -Width 120
            '#QuarantinedRow'; Get-LoyaltyQuarantine -First 50 | Out-String -Width 120
            '#SegmentMember'; Get-EngagementSegment | Out-String -Width 120
            '#FeatureAdoption'; Get-FeatureAdoption | Out-String -Width 120
            '#ExtractResult'; Export-LoyaltyExtract FEATURE_ADOPTION_BY_REGION -Path a.csv | Out-String -Width 120
            '#PublishedFile'; Set-Content q.sql 'SELECT CITY'; Protect-LoyaltyScript q.sql -Destination public -Map map.csv | Out-String -Width 120
            '#UserVersion'; Get-LoyaltyHistory -AsOf 2026-06-30 -First 2 | Out-String -Width 120
            '#UserChange'; $null = Invoke-LoyaltyMerge -From 2026-06-28 -To 2026-06-29 -Force -WarningAction SilentlyContinue; Get-LoyaltyHistory -Between 2026-06-28, 2026-06-30 -Column * | Out-String -Width 120
            '#UndoResult'; Undo-LoyaltyMerge 2026-06-29 -Confirm:$false | Out-String -Width 120; $null = Invoke-LoyaltyMerge 2026-06-29 -Force -WarningAction SilentlyContinue
            '#SuppressionResult'; Add-LoyaltySuppression 7, 8 -Reason 'asked by mail' -Until 2099-12-31 | Out-String -Width 120
            '#SuppressedUser'; Get-LoyaltySuppression 7 | Out-String -Width 120; $null = Remove-LoyaltySuppression 7, 8
            '#CompressResult'; Compress-LoyaltyHistory -KeepDaily 2 -Confirm:$false | Out-String -Width 120
            '#DeliveryResult'; $delivery = Export-EngagementSegment CustomerSuccess -Destination drop; $delivery | Out-String -Width 120
            '#DeliveryRecord'; Get-SegmentDelivery | Out-String -Width 120
            '#ManifestFile'; $delivery.Files | Out-String -Width 120
            '#DeliveryCheck'; $delivery | Test-SegmentDelivery | Out-String -Width 120
            '#ClearedDelivery'; $null = Export-EngagementSegment CustomerSuccess -Destination drop -Column USER_ID; Clear-SegmentDelivery CustomerSuccess -Destination drop -OlderThan 2100-01-01 -Confirm:$false | Out-String -Width 120
            '#CheckResult'; Test-PipelineIntegrity -Check DW_A.USER_*, LOYALTY.MASTER.unique, anomaly.users* | Out-String -Width 120
            '#TrippedGuard'; (Invoke-LoyaltyMerge 2026-06-30 -WhatIf -Config guards.yml).Guards | Out-String -Width 120
            """);
        folder.Write("guards.yml", "guards:\n  deletes: 0%\n  segment_moves: 0%\n");

        var result = await PwshProcess.RunAsync(script);

        Assert.Empty(result.Error);
        Assert.DoesNotMatch(DayOfACulture, result.Output);
        Assert.DoesNotContain("LoyaltyPipeline.", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('…', result.Output);
        Assert.All(result.OutputLines, line => Assert.True(line.Length <= 120, line));
        var shown = result.Output.Split('#').Skip(1)
            .ToDictionary(part => part[..part.IndexOf('\n', StringComparison.Ordinal)].Trim(), part => part, StringComparer.Ordinal);
        Expect(shown["LoyaltyWarehouse"], "Engine Open Location", $"DuckDB True {folder.Path}/w.duckdb");
        Expect(shown["SchemaChange"], "Action Applied Name", "CreateTable True LOYALTY.MASTER");
        Expect(shown["SampleResult"], "Users FirstDay LastDay Seed Rows Planted Seconds", "100 2026-05-02 2026-06-30 7 ");
        Expect(shown["SampleTableResult"], "Table Rows Planted", "DW_A.USER_PROFILE 1");
        Expect(
            shown["ImportResult"], "SourceTable Read Inserted Updated Rejected Deleted Unchanged Applied Seconds Rows/s",
            "DW_B.PRODUCT_SUPPORT_USAGE ", " 0 True ");
        Expect(
            shown["MergeResult"], "RunDate Outcome Users Inserted Updated Deleted Quarantined Seconds RunId",
            "2026-06-30 Written 100 100 0 0 ");
        Expect(shown["RejectedRows"], "SourceTable Rule Rows", "DW_A.USER_PROFILE accepted_values ");
        Expect(shown["SegmentMove"], "From To Users", "(new) ");
        Expect(shown["SourceLog"], "SourceTable Read Used Quarantined NewestEventAt Seconds", "DW_A.USER_ACTIVITY ", "2026-06-30 ");
        Expect(shown["StepLog"], "No Step StartedAt Seconds Rows", "1 Prepare 20");
        Expect(
            shown["RunRecord"], "RunId, ErrorId Kind RunDate Status Inserted Updated Deleted Quarantined Seconds",
            "Merge 2026-06-30 Succeeded 100 0 0 ", "Refused 0 0 0 ", "\nTooManyRejected \n");
        Expect(shown["QuarantinedRow"], "SourceTable, RowKey Rule Detail", "duplicate ");
        Expect(shown["UserVersion"], "UserId ValidFrom ValidTo Segment Score Region", "1 2026-06-30 ");
        Expect(shown["UserChange"], "UserId Column Before After", " LAST_ACTIVITY_AT 2026-0");
        Expect(
            shown["UndoResult"], "RunDate Applied NewestDay UsersAffected Versions Deliveries Seconds RunId",
            "2026-06-29 True 2026-06-30 ");
        Expect(
            shown["SuppressionResult"], "Applied Added Changed Removed Unchanged NoUser Seconds RunId", "True 2 0 0 0 0 ");
        Expect(shown["SuppressedUser"], "UserId Since Until IsCurrent IsUser Reason", " 2099-12-31 True True asked by mail");
        Expect(shown["CompressResult"], "Applied DaysKept DaysRemoved VersionsBefore VersionsAfter Seconds RunId", "True 2 1 ");
        Expect(
            shown["DeliveryResult"], "RunDate Consumer Segment Mode Outcome Rows LeftOut Size DeliveryId",
            "2026-06-30 CustomerSuccess Low Engagement Full Published ", " kB ");
        Expect(
            shown["DeliveryRecord"], "RunDate Consumer Segment Mode Status Rows Size PublishedAt DeliveryId",
            "2026-06-30 CustomerSuccess Low Engagement Full Published ", $" kB {DateTime.UtcNow.Year}-");
        Expect(shown["ManifestFile"], "Name Rows Size Sha256", "part-00001.csv.gz ");
        Expect(
            shown["DeliveryCheck"], "Result Check File Detail", "passed Manifest Full of 2026-06-30, ", "passed Sha256 part-00001.csv.gz ",
            "passed Totals ");
        Expect(shown["ClearedDelivery"], "Kind Removed Files Size Location", "Delivery True 2 ", $" kB {folder.Path}/drop/");
        Expect(
            shown["CheckResult"], "Status CheckId Violations Total Percent FailedSince", "Suite: Sources",
            "✓ Passed LOYALTY.MASTER.unique 0 100 0", "- Skipped anomaly.users", "not enough history (", "! Warning ", " rows: ");
        Expect(shown["FeatureAdoption"], "Region Feature Adopters Active Rate Small Module Used30D Change30D", "% ");
        Expect(
            shown["ExtractResult"], "Applied Rows Size Format View, Path", " kB Csv LOYALTY.FEATURE_ADOPTION_BY_REGION ",
            $"\n{folder.Path}/a.csv ");
        Expect(
            shown["PublishedFile"], "Kind Renamed Verified Planned Path, Destination", $"Sql 1 {folder.Path}/q.sql ",
            $"\n{folder.Path}/public/q.sql ");
        Expect(shown["SegmentMember"], "UserId Segment Score Region Type Status Consent ScoreDate LastActivityAt", "2026-0");
    }

    [Fact]
    public void Every_type_of_the_module_that_a_cmdlet_emits_and_every_part_of_it_has_a_table_view()
    {
        using var session = new ModuleRunspace();
        var views = XDocument.Load(RepositoryRoot.Combine("module", "LoyaltyPipeline.Format.ps1xml")).Descendants("View")
            .Where(view => view.Element("TableControl") is not null)
            .SelectMany(view => view.Descendants("TypeName").Select(name => name.Value)).ToHashSet(StringComparer.Ordinal);

        var emitted = session.Run("Get-Command -Module LoyaltyPipeline").Succeeded().Output.Cast<CmdletInfo>()
            .SelectMany(cmdlet => cmdlet.OutputType).Select(output => output.Type)
            .Where(type => type.Namespace!.StartsWith("LoyaltyPipeline", StringComparison.Ordinal)).ToHashSet();
        var parts = emitted.SelectMany(type => type.GetProperties()).Select(property => property.PropertyType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            .Select(type => type.GetGenericArguments()[0])
            .Where(type => !type.Namespace!.StartsWith(nameof(System), StringComparison.Ordinal));

        Assert.True(emitted.Count > 5);
        Assert.All(emitted.Union(parts), type => Assert.Contains(type.FullName!, views));
    }

    [Fact]
    public async Task After_objects_of_another_type_there_are_short_lists_without_personal_data()
    {
        using var folder = new ScratchFolder();
        var script = folder.Write("mixed.ps1", $$"""
            Import-Module '{{ModuleRunspace.Manifest}}'
            $ErrorActionPreference = 'Stop'
            $ExecutionContext.SessionState.Path.SetLocation('{{folder.Path}}') | Out-Null
            Connect-LoyaltyWarehouse w.duckdb
            $null = Initialize-LoyaltyWarehouse
            New-LoyaltySample -Users 100 -Days 60 -Dirty
            Invoke-LoyaltyMerge 2026-06-30
            Get-LoyaltyRun -Last 1
            Get-LoyaltyHistory -First 1
            """);

        var result = await PwshProcess.RunAsync(script);

        Assert.Empty(result.Error);
        Expect(result.Output, "Outcome : Written", "Status : Succeeded", "Segment : ");
        // What a list shows of a collection, of a record or of an address.
        Assert.All((string[])["{", "…", "@example"], text => Assert.DoesNotContain(text, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void No_list_that_PowerShell_makes_of_what_a_cmdlet_emits_has_a_collection_in_it()
    {
        using var session = new ModuleRunspace();
        var types = XDocument.Load(RepositoryRoot.Combine("module", "LoyaltyPipeline.Types.ps1xml")).Descendants("Type")
            .ToDictionary(type => type.Element("Name")!.Value, StringComparer.Ordinal);
        var sets = types.ToDictionary(
            type => type.Key, type => type.Value.Descendants("ReferencedProperties").Elements("Name").Select(name => name.Value).ToList(),
            StringComparer.Ordinal);
        var emitted = session.Run("(Get-Command -Module LoyaltyPipeline).OutputType.ForEach{ $_.Type }").Succeeded().Output.Cast<Type>()
            .Distinct().Where(type => type.Namespace!.StartsWith("LoyaltyPipeline", StringComparison.Ordinal)).ToList();
        Assert.Empty(sets.Keys.Except(emitted.Select(type => type.FullName!)));
        foreach (var type in emitted)
        {
            var all = type.GetProperties()
                .ToDictionary(property => property.Name, property => property.PropertyType, StringComparer.Ordinal);
            // An alias stands for a column of Master.
            foreach (var alias in types.GetValueOrDefault(type.FullName!)?.Descendants("AliasProperty").Elements("Name") ?? [])
                all.Add(alias.Value, typeof(string));
            var shown = sets.GetValueOrDefault(type.FullName!) ?? [.. all.Keys];
            Assert.All(shown, name => Assert.Contains(name, all.Keys));
            Assert.All(
                shown,
                name => Assert.True(
                    all[name] == typeof(string) || !typeof(System.Collections.IEnumerable).IsAssignableFrom(all[name]),
                    $"{type.Name}.{name}"));
        }
    }

    [Theory]
    [InlineData("Connect-LoyaltyWarehouse ':memory:'")]
    [InlineData("Initialize-LoyaltyWarehouse -Warehouse ':memory:'")]
    [InlineData("New-LoyaltySample -Users 5 -Force")]
    [InlineData("New-LoyaltySample -Users 5 -Path landing")]
    [InlineData("$null = New-LoyaltySample -Users 5 -Path landing; Import-LoyaltySource landing")]
    [InlineData("Invoke-LoyaltyMerge 2026-06-30")]
    [InlineData("Get-LoyaltyRun")]
    [InlineData("Get-LoyaltyQuarantine")]
    [InlineData("Get-EngagementSegment")]
    [InlineData("Compress-LoyaltyHistory 1 -Confirm:$false")]
    [InlineData("Undo-LoyaltyMerge 2026-06-30 -Confirm:$false")]
    [InlineData("Export-EngagementSegment Marketing -Destination drop")]
    [InlineData("$null = Export-EngagementSegment Marketing -Destination drop; Get-SegmentDelivery")]
    [InlineData(
        "$null = Export-EngagementSegment Marketing -Destination drop; Test-SegmentDelivery drop/Marketing/HighlyEngaged/latest.json")]
    [InlineData(
        "$null = Export-EngagementSegment Marketing -Destination drop; $null = Export-EngagementSegment Marketing -Destination drop -Column USER_ID; Clear-SegmentDelivery Marketing -Destination drop -OlderThan 2100-01-01 -Confirm:$false")]
    [InlineData("Test-PipelineIntegrity")]
    [InlineData("Export-PipelineDashboard dashboard.html")]
    [InlineData("Get-LoyaltyHistory", "Versions")]
    [InlineData("Get-LoyaltyHistory -Between 2026-06-29, 2026-06-30", "Changes")]
    public void What_is_emitted_is_what_is_declared(string script, string? parameterSet = null)
    {
        using var session = SampleWarehouse.OpenMerged();
        var name = script.Split("; ")[^1].Split(' ')[0];

        session.Run("$null = Invoke-LoyaltyMerge 2026-06-29 -Force -WarningAction SilentlyContinue").Succeeded();
        var declared = session.Run(parameterSet is null
            ? $"(Get-Command {name}).OutputType.ForEach{{ $_.Type.FullName }}"
            : $"(Get-Command {name}).ImplementingType.GetCustomAttributes([System.Management.Automation.OutputTypeAttribute], $false).Where{{ $_.ParameterSetName -contains '{parameterSet}' }}.ForEach{{ $_.Type.Type.FullName }}").Succeeded().Output;
        var emitted = session.Run(script).Succeeded().Output;

        Assert.NotEmpty(emitted);
        // What -Quiet makes of a test.
        Assert.Equal(
            declared.Where(type => type is not "System.Boolean"), emitted.Select(value => (object)value.GetType().FullName!).Distinct());
    }

    private static void Expect(string shown, params string[] texts)
    {
        var flat = string.Join(
            '\n',
            shown.Split('\n')
                .Select(
                    line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                        + " "));
        Assert.All(texts, text => Assert.Contains(text, flat, StringComparison.Ordinal));
    }
}
