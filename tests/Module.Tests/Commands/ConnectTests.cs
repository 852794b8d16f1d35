using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

public sealed class ConnectTests : IDisposable
{
    private readonly ModuleRunspace _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("nowhere/b.duckdb", "WarehouseUnavailable")]
    [InlineData("nowhere/b.duckdb -LockTimeout 1", "WarehouseUnavailable")]
    [InlineData("nowhere/b.duckdb -WhatIf", "WarehouseUnavailable")]
    [InlineData("text.duckdb", "WarehouseUnavailable")]
    [InlineData("Env:PATH", "PathNotSupported")]
    [InlineData("$notSet", "PathNotSupported")]
    [InlineData("-Snowflake -ConnectionName nowhere", "SnowflakeConnectionInvalid", "SnowflakeDriverMissing")]
    public void Where_connecting_fails_nothing_goes_into_the_earlier_default(string arguments, params string[] errorIds)
    {
        File.WriteAllText(_session.PathOf("text.duckdb"), "This is no database.");
        _session.Run("$a = Connect-LoyaltyWarehouse a.duckdb").Succeeded();

        Assert.Contains(_session.Run($"Connect-LoyaltyWarehouse {arguments}").ErrorId, errorIds);

        Assert.Equal([false], _session.Run("$a.IsOpen").Succeeded().Output);
        Assert.Equal("WarehouseNotConnected", _session.Run("Initialize-LoyaltyWarehouse").ErrorId);
    }

    [Fact]
    public void Two_runspaces_do_not_share_a_default()
    {
        using var other = new ModuleRunspace();
        _session.Run("$a = Connect-LoyaltyWarehouse a.duckdb").Succeeded();

        Assert.Equal("WarehouseNotConnected", other.Run("Initialize-LoyaltyWarehouse").ErrorId);
        other.Run("Disconnect-LoyaltyWarehouse").Succeeded();
        Assert.Equal([true], _session.Run("$a.IsOpen").Succeeded().Output);
    }

    [Fact]
    public void Closing_the_runspace_closes_the_default()
    {
        dynamic warehouse = Assert.Single(_session.Run("Connect-LoyaltyWarehouse a.duckdb").Succeeded().Output);
        Assert.True(warehouse.IsOpen);

        _session.Close();

        Assert.False(warehouse.IsOpen);
    }

    [Fact]
    public async Task A_file_that_another_process_has_open_is_busy()
    {
        _session.Run("$null = Connect-LoyaltyWarehouse a.duckdb").Succeeded();

        var lines = await FreshProcess.RunAsync(
            $"Import-Module '{ModuleRunspace.Manifest}'; try {{ Connect-LoyaltyWarehouse '{_session.PathOf("a.duckdb")}' }} catch {{ $_.FullyQualifiedErrorId }}");

        Assert.Equal("WarehouseBusy,LoyaltyPipeline.Commands.ConnectLoyaltyWarehouseCommand", lines[^1]);
    }
}
