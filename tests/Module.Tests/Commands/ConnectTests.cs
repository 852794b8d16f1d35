using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

public sealed class ConnectTests : IDisposable
{
    private readonly ModuleRunspace _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("nowhere/b.duckdb", "WarehouseUnavailable")]
    [InlineData("nowhere/b.duckdb -LockTimeout 1", "WarehouseUnavailable")]
    [InlineData("text.duckdb", "WarehouseUnavailable")]
    [InlineData("Env:PATH", "PathNotSupported")]
    [InlineData("$notSet", "PathNotSupported")]
    [InlineData("''", "PathNotSupported")]
    [InlineData("'   '", "PathNotSupported")]
    [InlineData(". ", "WarehouseUnavailable")]
    [InlineData("'./  '", "WarehouseUnavailable")]
    [InlineData("absent.duckdb -MustExist", "WarehouseNotInitialized")]
    [InlineData("-Snowflake -ConnectionName nowhere", "SnowflakeConnectionInvalid", "SnowflakeDriverMissing")]
    public void Where_connecting_fails_nothing_goes_into_the_earlier_default(string arguments, params string[] errorIds)
    {
        File.WriteAllText(_session.PathOf("text.duckdb"), "This is no database.");
        _session.Run("$a = Connect-LoyaltyWarehouse a.duckdb").Succeeded();

        Assert.Contains(_session.Run($"Connect-LoyaltyWarehouse {arguments}").ErrorId, errorIds);

        Assert.Equal([false], _session.Run("$a.IsOpen").Succeeded().Output);
        Assert.Equal("WarehouseNotConnected", _session.Run("Initialize-LoyaltyWarehouse").ErrorId);
        Assert.Equal(["a.duckdb", "text.duckdb"], Directory.GetFileSystemEntries(_session.Folder).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("b.duckdb -WhatIf", "")]
    [InlineData("there.duckdb -WhatIf", "")]
    [InlineData("nowhere/b.duckdb -WhatIf", "WarehouseUnavailable")]
    [InlineData("'' -WhatIf", "PathNotSupported")]
    [InlineData("b.duckdb -MustExist -WhatIf", "WarehouseNotInitialized")]
    public void WhatIf_leaves_the_warehouse_of_the_session(string arguments, string errorId)
    {
        _session.Run("$null = Connect-LoyaltyWarehouse there.duckdb; $a = Connect-LoyaltyWarehouse a.duckdb; $null = Initialize-LoyaltyWarehouse").Succeeded();

        var result = _session.Run($"Connect-LoyaltyWarehouse {arguments}");

        Assert.Equal(errorId, result.Errors.Count == 0 ? string.Empty : result.ErrorId);
        Assert.Equal(errorId.Length == 0, result.HostText.StartsWith("What if: C", StringComparison.Ordinal));
        Assert.Equal([true, 0], _session.Run("$a.IsOpen; @(Get-LoyaltyRun).Count").Succeeded().Output);
        Assert.False(File.Exists(_session.PathOf("b.duckdb")));
    }

    [Fact]
    public void That_a_file_was_made_is_said_once_and_only_then()
    {
        var made = _session.Run("Connect-LoyaltyWarehouse new.duckdb").Succeeded();
        Assert.Empty(made.Warnings);
        Assert.Equal($"{_session.PathOf("new.duckdb")} is new and empty: Initialize-LoyaltyWarehouse makes its tables.", made.HostText.Trim());

        Assert.Empty(_session.Run("Connect-LoyaltyWarehouse new.duckdb; Connect-LoyaltyWarehouse new.duckdb -MustExist; Connect-LoyaltyWarehouse :memory:").Succeeded().HostText);
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
