using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

public sealed class ConnectTests : IDisposable
{
    private readonly ModuleRunspace _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_relative_path_is_taken_from_the_current_location_of_the_session()
    {
        var result = _session.Run("$w = Connect-LoyaltyWarehouse own.duckdb; $w.Engine; $w.IsOpen; $w.Location; \"$w\"").Succeeded();

        Assert.Equal(["DuckDB", true, _session.PathOf("own.duckdb"), _session.PathOf("own.duckdb")], result.Output);
        Assert.True(File.Exists(_session.PathOf("own.duckdb")));
    }

    [Fact]
    public void Connecting_again_closes_the_earlier_default()
    {
        var result = _session.Run("$a = Connect-LoyaltyWarehouse a.duckdb; $b = Connect-LoyaltyWarehouse b.duckdb; $a.IsOpen; $b.IsOpen").Succeeded();

        Assert.Equal([false, true], result.Output);
    }

    [Fact]
    public void Connecting_to_the_same_file_again_leaves_it_open() =>
        Assert.Equal(
            [true],
            _session.Run("$null = Connect-LoyaltyWarehouse a.duckdb; $b = Connect-LoyaltyWarehouse a.duckdb; $null = Initialize-LoyaltyWarehouse; $b.IsOpen").Succeeded().Output);

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
    public void A_file_that_cannot_be_opened_is_named()
    {
        var error = _session.Run("Connect-LoyaltyWarehouse nowhere/b.duckdb").Error;

        Assert.Equal(_session.PathOf("nowhere/b.duckdb"), error.TargetObject);
    }

    [Fact]
    public void A_file_that_is_no_warehouse_is_refused()
    {
        File.WriteAllText(_session.PathOf("text.duckdb"), "This is no database.");

        Assert.Equal("WarehouseUnavailable", _session.Run("Connect-LoyaltyWarehouse text.duckdb").ErrorId);
    }

    [Fact]
    public void A_path_outside_the_file_system_is_refused() =>
        Assert.Equal("PathNotSupported", _session.Run("Connect-LoyaltyWarehouse Env:PATH").ErrorId);

    [Fact]
    public void A_full_path_needs_no_folder_as_current_location() =>
        Assert.Equal(
            [_session.PathOf("c.duckdb")],
            _session.Run($"$null = $ExecutionContext.SessionState.Path.SetLocation('Env:'); (Connect-LoyaltyWarehouse '{_session.PathOf("c.duckdb")}').Location").Succeeded().Output);

    [Fact]
    public void Disconnecting_closes_the_default_and_may_be_done_again()
    {
        var result = _session.Run("$a = Connect-LoyaltyWarehouse a.duckdb; Disconnect-LoyaltyWarehouse; Disconnect-LoyaltyWarehouse; $a.IsOpen").Succeeded();

        Assert.Equal([false], result.Output);
        Assert.Equal("WarehouseNotConnected", _session.Run("Initialize-LoyaltyWarehouse").ErrorId);
        Assert.Equal("WarehouseClosed", _session.Run("Initialize-LoyaltyWarehouse -Warehouse $a").ErrorId);
    }

    [Theory]
    [InlineData("$a | Disconnect-LoyaltyWarehouse", false)]
    [InlineData("Disconnect-LoyaltyWarehouse ./a.duckdb", false)]
    [InlineData("Disconnect-LoyaltyWarehouse b.duckdb", true)]
    public void Disconnect_takes_the_warehouse_or_its_path(string script, bool open) =>
        Assert.Equal([open], _session.Run($"$a = Connect-LoyaltyWarehouse a.duckdb; {script}; $a.IsOpen").Succeeded().Output);

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
    public void Removing_the_module_closes_the_default() =>
        Assert.Equal([false], _session.Run("$a = Connect-LoyaltyWarehouse a.duckdb; Remove-Module LoyaltyPipeline; $a.IsOpen").Succeeded().Output);

    [Fact]
    public void Importing_again_keeps_the_default() =>
        Assert.Equal(
            [true, true],
            _session.Run($"$a = Connect-LoyaltyWarehouse a.duckdb; Import-Module '{ModuleRunspace.Manifest}' -Force; $a.IsOpen; @(Initialize-LoyaltyWarehouse).Count -gt 5; Disconnect-LoyaltyWarehouse").Succeeded().Output);

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
