using System.Management.Automation;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>A warehouse that a newer module has given another form is refused by everything that works on one, and is as it was then.</summary>
public sealed class TooNewTests(TooNewTests.Fixture fixture) : IClassFixture<TooNewTests.Fixture>
{
    // They close a warehouse, tell people of a run that was refused too, make and try jobs, and have findings of their own.
    private static readonly string[] Others = ["Disconnect-LoyaltyWarehouse", "Register-LoyaltyTask", "Send-LoyaltyNotification", "Test-LoyaltyConfig", "Test-LoyaltyTask"];

    private readonly ModuleRunspace _session = fixture.Session;

    public static TheoryData<string> Calls { get; } = new(
        "Add-LoyaltySuppression 5",
        "Backup-LoyaltyWarehouse copy.duckdb",
        "Clear-SegmentDelivery Marketing -Destination drop -OlderThan 2026-01-01 -Confirm:$false",
        "Compress-LoyaltyHistory 1 -Confirm:$false",
        "Export-EngagementSegment Marketing -Destination drop",
        "Export-LoyaltyCatalog catalog -Warehouse $w",
        "Export-LoyaltyExtract RUN_HEALTH -Path health.parquet",
        "Export-LoyaltyUser 3 -Path user",
        "Export-PipelineDashboard page.html",
        "Find-LoyaltyPii",
        "Get-EngagementSegment",
        "Get-FeatureAdoption",
        "Get-LoyaltyAudit",
        "Get-LoyaltyDiagnostic -Path bug.zip",
        "Get-LoyaltyHistory -AsOf 2026-06-30",
        "Get-LoyaltyQuarantine",
        "Get-LoyaltyRun",
        "Get-LoyaltySource",
        "Get-LoyaltyStatus",
        "Get-LoyaltySuppression",
        "Get-LoyaltyUser 3",
        "Get-SegmentDelivery",
        "Import-LoyaltySource landing",
        "Initialize-LoyaltyWarehouse",
        "Initialize-LoyaltyWarehouse -WhatIf",
        "Invoke-LoyaltyMerge 2026-06-30",
        "Invoke-LoyaltyMerge 2026-06-30 -WhatIf",
        "Invoke-LoyaltyMerge -From 2026-06-29 -To 2026-06-30",
        "Invoke-LoyaltyQuery 'SELECT 1 AS N'",
        "New-LoyaltySample -Users 5 -Force -Confirm:$false",
        "Remove-LoyaltySuppression 5",
        "Remove-LoyaltyUser 3 -Confirm:$false",
        "Remove-LoyaltyUser -Compact -Confirm:$false",
        "Test-PipelineIntegrity",
        "Undo-LoyaltyMerge 2026-06-30 -Confirm:$false");

    [Theory]
    [MemberData(nameof(Calls))]
    public void It_is_refused(string call)
    {
        var before = _session.Content();

        var result = _session.Run($"try {{ {call} }} catch {{ Write-Error -ErrorRecord $_ }}");

        Assert.NotEmpty(result.Errors);
        // Some say it of each table.
        Assert.All(result.Errors, error =>
        {
            Assert.Equal(
                ("WarehouseTooNew", ErrorCategory.InvalidOperation),
                (error.FullyQualifiedErrorId.Split(',')[0], error.CategoryInfo.Category));
            Assert.Contains("have the form 7, which the module 9.1.0 made", error.Exception.Message, StringComparison.Ordinal);
        });
        Assert.Empty(result.Output);
        Assert.Equal(before, _session.Content());
        Assert.Equal(fixture.Files, Files(_session));
    }

    [Fact]
    public void A_configuration_that_is_tested_on_it_has_it_as_its_fault() => Assert.Contains(
        "Error WarehouseTooNew",
        _session.Run("Test-LoyaltyConfig settings.yml | ForEach-Object { \"$($_.Severity) $($_.ErrorId)\" }").Succeeded().Output);

    [Fact]
    public void Every_command_that_works_on_a_warehouse_is_among_them()
    {
        var commands = _session.Run(
            "(Get-Command -Module LoyaltyPipeline).Where{ $_.Parameters.ContainsKey('Warehouse') }.Name").Succeeded().Output.Cast<string>();

        Assert.Equal(
            commands.Except(Others, StringComparer.Ordinal).Order(StringComparer.Ordinal),
            Calls.Select(call => call.Data.Split(' ')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    // Beside the warehouse itself.
    private static List<string> Files(ModuleRunspace session) =>
    [
        .. Directory.EnumerateFiles(session.Folder, "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetFileName(file).StartsWith("w.duckdb", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>A merged warehouse of the form 7.</summary>
    public sealed class Fixture : IDisposable
    {
        public Fixture()
        {
            Session.Run("$null = New-LoyaltySample -Users 5 -Days 2 -Path landing; Set-Content settings.yml 'consumers: {Marketing: {format: Csv}}'").Succeeded();
            Session.Query("INSERT INTO LOYALTY.SCHEMA_VERSION VALUES (7, '9.1.0') RETURNING VERSION");
            Files = Files(Session);
        }

        internal ModuleRunspace Session { get; } = SampleWarehouse.OpenMerged();

        internal IReadOnlyList<string> Files { get; }

        public void Dispose() => Session.Dispose();
    }
}
