using LoyaltyPipeline.Core.Tests.Support;
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
    [InlineData("w.duckdb/", "WarehouseUnavailable", ", as a folder does, and is no warehouse file.")]
    [InlineData("there.duckdb/", "WarehouseUnavailable", ", as a folder does, and is no warehouse file.")]
    [InlineData("w.duckdb:stream", "PathNotSupported", "'w.duckdb:stream' is on no drive of this session")]
    public void A_path_with_a_slip_is_said_to_be_what_it_is(string path, string errorId, string said)
    {
        File.WriteAllText(_session.PathOf("there.duckdb"), string.Empty);

        var result = _session.Run($"Connect-LoyaltyWarehouse {path}");

        Assert.Equal(errorId, result.ErrorId);
        Assert.Contains(said, result.Error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Cannot find drive", result.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["there.duckdb"], Directory.GetFileSystemEntries(_session.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("b.duckdb -WhatIf", "")]
    [InlineData("there.duckdb -WhatIf", "")]
    [InlineData("nowhere/b.duckdb -WhatIf", "WarehouseUnavailable")]
    [InlineData("'' -WhatIf", "PathNotSupported")]
    [InlineData("b.duckdb -MustExist -WhatIf", "WarehouseNotInitialized")]
    public void WhatIf_leaves_the_warehouse_of_the_session(string arguments, string errorId)
    {
        _session.Run(
            "$null = Connect-LoyaltyWarehouse there.duckdb; $a = Connect-LoyaltyWarehouse a.duckdb; $null = Initialize-LoyaltyWarehouse")
            .Succeeded();

        var result = _session.Run($"Connect-LoyaltyWarehouse {arguments}");

        Assert.Equal(errorId, result.Errors.Count == 0 ? string.Empty : result.ErrorId);
        Assert.Equal(errorId.Length == 0, result.HostText.StartsWith("What if: C", StringComparison.Ordinal));
        Assert.Equal([true, 0], _session.Run("$a.IsOpen; @(Get-LoyaltyRun).Count").Succeeded().Output);
        Assert.False(File.Exists(_session.PathOf("b.duckdb")));
    }

    [Theory]
    [InlineData("gone.duckdb", "-MustExist")]
    [InlineData("gone.duckdb", "")]
    [InlineData("gone.duckdb", "-WhatIf")]
    [InlineData("nowhere/gone.duckdb", "")]
    [InlineData("chain", "")]
    [InlineData("link", "-MustExist")]
    public void A_link_to_nothing_is_no_warehouse_and_no_wish_for_one(string target, string more)
    {
        SymbolicLink.ToFile(_session.PathOf("chain"), "end.duckdb");
        SymbolicLink.ToFile(_session.PathOf("link"), target);

        var result = _session.Run($"Connect-LoyaltyWarehouse link {more}");

        Assert.Equal("WarehouseUnavailable", result.ErrorId);
        Assert.Contains(
            target == "link" ? "link" : _session.PathOf(target == "chain" ? "end.duckdb" : target), result.Error.Exception.Message,
            StringComparison.Ordinal);
        Assert.Contains("remove the link", result.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal("WarehouseUnavailable", _session.Run("Initialize-LoyaltyWarehouse -Warehouse link").ErrorId);
        Assert.Equal(["chain", "link"], Directory.GetFileSystemEntries(_session.Folder).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("Connect-LoyaltyWarehouse absent.duckdb -MustExist")]
    [InlineData("Connect-LoyaltyWarehouse nowhere/b.duckdb")]
    [InlineData("Connect-LoyaltyWarehouse -Snowflake -ConnectionName nowhere")]
    public void After_a_failure_the_warehouse_of_the_environment_is_not_used_instead(string failing)
    {
        _session.Run("$null = Initialize-LoyaltyWarehouse -Warehouse other.duckdb").Succeeded();
        var other =
            $"$env:LOYALTY_WAREHOUSE = '{_session.PathOf("other.duckdb")}'; try {{ @(Get-LoyaltyRun).Count }} finally {{ $env:LOYALTY_WAREHOUSE = $null }}";
        Assert.Equal([0], _session.Run(other).Succeeded().Output);

        Assert.NotEmpty(_session.Run(failing).ErrorId);

        var refused = _session.Run(other);
        Assert.Equal("WarehouseNotConnected", refused.ErrorId);
        Assert.Contains("Disconnect-LoyaltyWarehouse", refused.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal([0], _session.Run("@(Get-LoyaltyRun -Warehouse other.duckdb).Count").Succeeded().Output);
        _session.Run("Disconnect-LoyaltyWarehouse").Succeeded();
        Assert.Equal([0], _session.Run(other).Succeeded().Output);
    }

    [Fact]
    public void That_a_file_was_made_is_said_once_and_only_then()
    {
        var made = _session.Run("Connect-LoyaltyWarehouse new.duckdb").Succeeded();
        Assert.Empty(made.Warnings);
        Assert.Equal(
            $"{_session.PathOf("new.duckdb")} is new and empty: Initialize-LoyaltyWarehouse makes its tables.", made.HostText.Trim());

        Assert.Empty(
            _session.Run(
                "Connect-LoyaltyWarehouse new.duckdb; Connect-LoyaltyWarehouse new.duckdb -MustExist; Connect-LoyaltyWarehouse :memory:")
                .Succeeded().HostText);
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
