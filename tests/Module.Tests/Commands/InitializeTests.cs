using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

public sealed class InitializeTests : IDisposable
{
    private readonly ModuleRunspace _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void WhatIf_says_what_would_be_made_and_changes_nothing()
    {
        _session.Run("$null = Connect-LoyaltyWarehouse w.duckdb").Succeeded();

        var planned = _session.Run("Initialize-LoyaltyWarehouse -WhatIf").Succeeded();

        Assert.All(planned.Output, change => Assert.False(((dynamic)change).Applied));
        Assert.StartsWith(
            $"What if: Make {planned.Output.Count} schema changes in {_session.PathOf("w.duckdb")}:", planned.HostText,
            StringComparison.Ordinal);
        Assert.Contains("create the tables LOYALTY.MASTER, LOYALTY.HISTORY", planned.HostText, StringComparison.Ordinal);
        Assert.All(NamesOf(planned.Output), name => Assert.Contains(name, planned.HostText, StringComparison.Ordinal));
        Assert.InRange(planned.HostText.Split('\n').Length, 2, 6);
        const string Statement = "CREATE TABLE IF NOT EXISTS LOYALTY.MASTER (USER_ID BIGINT";
        Assert.DoesNotContain(planned.Records, record => record.ToString().Contains(Statement, StringComparison.Ordinal));
        Assert.Contains(
            _session.Run("Initialize-LoyaltyWarehouse -WhatIf -Verbose").Succeeded().Records,
            record => record.ToString().Contains(Statement, StringComparison.Ordinal));
        var again = _session.Run("$WhatIfPreference = $true; Initialize-LoyaltyWarehouse; $WhatIfPreference = $false").Succeeded();
        Assert.Equal(StatementsOf(planned.Output), StatementsOf(again.Output));
        Assert.Equal(NamesOf(planned.Output), NamesOf(_session.Run("Initialize-LoyaltyWarehouse").Succeeded().Output));
    }

    [Theory]
    [InlineData("Initialize-LoyaltyWarehouse -Warehouse new.duckdb -WhatIf")]
    [InlineData("$WhatIfPreference = $true; Initialize-LoyaltyWarehouse -Warehouse new.duckdb")]
    public void WhatIf_does_not_create_the_file(string script)
    {
        var planned = _session.Run(script).Succeeded();

        Assert.NotEmpty(planned.Output);
        Assert.False(File.Exists(_session.PathOf("new.duckdb")));
    }

    [Fact]
    public async Task A_warehouse_given_as_path_is_open_only_as_long_as_the_cmdlet()
    {
        var path = _session.PathOf("own.duckdb");

        Assert.NotEmpty(_session.Run("Initialize-LoyaltyWarehouse -Warehouse own.duckdb").Succeeded().Output);

        // Another process could not open it otherwise.
        var lines = await FreshProcess.RunAsync(
            $"Import-Module '{ModuleRunspace.Manifest}'; @(Initialize-LoyaltyWarehouse -Warehouse '{path}').Count");
        Assert.Equal("0", lines[^1]);
        Assert.Equal("WarehouseNotConnected", _session.Run("Initialize-LoyaltyWarehouse").ErrorId);
    }

    [Fact]
    public async Task The_environment_names_the_warehouse_where_nothing_else_does()
    {
        var lines = await FreshProcess.RunAsync(
            $"Import-Module '{ModuleRunspace.Manifest}'; [System.Environment]::SetEnvironmentVariable('LOYALTY_WAREHOUSE', 'env.duckdb');"
            + $"$null = $ExecutionContext.SessionState.Path.SetLocation('{_session.Folder}'); @(Initialize-LoyaltyWarehouse).Count; @(Initialize-LoyaltyWarehouse).Count");

        var made = _session.Run("@(Initialize-LoyaltyWarehouse -Warehouse ./other.duckdb).Count").Succeeded().Output.Single();
        Assert.Equal([$"{made}", "0"], lines[^2..]);
        Assert.True(File.Exists(_session.PathOf("env.duckdb")));
    }

    [Fact]
    public void The_configuration_of_the_current_location_counts_and_is_read_again_when_it_changes()
    {
        var config = _session.PathOf("pipeline.yml");
        const string Initialize = "Initialize-LoyaltyWarehouse -Warehouse ':memory:' -WhatIf";
        File.WriteAllText(config, "guards:\n  deletes: 20%\n");
        _session.Run(Initialize).Succeeded();

        File.WriteAllText(config, "guards:\n  deletes: often\n");
        File.SetLastWriteTimeUtc(config, DateTime.UtcNow.AddSeconds(2));

        Assert.Equal("ConfigInvalid", _session.Run(Initialize).ErrorId);
        File.WriteAllText(_session.PathOf("good.yml"), "guards:\n  deletes: 20%\n");
        _session.Run(Initialize + " -Config good.yml").Succeeded();
        Assert.Equal("ConfigInvalid", _session.Run(Initialize + " -Config absent.yml").ErrorId);
    }

    private static List<string> StatementsOf(IEnumerable<object> changes) => [.. changes.Select(change => (string)((dynamic)change).Sql)];

    private static List<string> NamesOf(IEnumerable<object> changes) => [.. changes.Select(change => (string)((dynamic)change).Name)];
}
