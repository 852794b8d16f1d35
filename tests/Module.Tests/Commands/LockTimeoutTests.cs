using System.Globalization;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>Two processes at the same warehouse: the second waits as long as it is told to.</summary>
public sealed class LockTimeoutTests
{
    [Fact]
    public async Task A_run_of_another_process_is_named_and_can_be_waited_for()
    {
        using var session = SampleWarehouse.OpenSampled();
        session.Run("Disconnect-LoyaltyWarehouse").Succeeded();
        var path = session.PathOf("w.duckdb");
        using var other = Start(
            $"Invoke-LoyaltyMerge -Warehouse '{path}' -From 2026-06-20 -To {SampleWarehouse.Day} -Verbose 4>&1 | Out-Default");
        await other.WaitForTextAsync("Judge DW_A.USER_PROFILE");

        var refused = session.Run($"Invoke-LoyaltyMerge {SampleWarehouse.Day} -Warehouse w.duckdb");
        var waited = session.Run($"Invoke-LoyaltyMerge {SampleWarehouse.Day} -Warehouse w.duckdb -LockTimeout 120").Succeeded();
        var ended = await other.WaitAsync();

        Assert.Equal("RunLocked", refused.ErrorId);
        Assert.Matches(
            string.Create(
                CultureInfo.InvariantCulture,
                $"^The warehouse {path} is being written by run \\S+ of {Environment.UserName} on {Environment.MachineName}, process {other.Id}, since {DateTime.UtcNow:yyyy}-"),
            refused.Error.Exception.Message);
        Assert.Contains("-LockTimeout", refused.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Error));
        Assert.Equal("Unchanged", $"{((dynamic)Assert.Single(waited.Output)).Outcome}");
        Assert.Contains(
            waited.Progress,
            progress => progress.Activity == "Waiting"
                && progress.StatusDescription.Contains($"process {other.Id}", StringComparison.Ordinal));
        Assert.False(File.Exists($"{path}.run"));
    }

    [Theory]
    [InlineData("Get-LoyaltyRun -Warehouse '{0}'")]
    [InlineData("Connect-LoyaltyWarehouse '{0}'")]
    public async Task A_reader_waits_until_the_other_process_lets_the_file_go(string command)
    {
        using var session = SampleWarehouse.OpenMerged();
        var read = string.Format(CultureInfo.InvariantCulture, command, session.PathOf("w.duckdb"));
        using var reader = Start(
            $"try {{ {read} }} catch {{ $_.FullyQualifiedErrorId }}; {read} -LockTimeout 00:01:00 | Out-Default; 'done'");
        await reader.WaitForTextAsync("WarehouseBusy");

        session.Run("Disconnect-LoyaltyWarehouse").Succeeded();
        var ended = await reader.WaitAsync();

        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Error));
        Assert.Contains("done", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_of_a_source_that_another_process_has_open_can_be_waited_for_too()
    {
        using var session = SampleWarehouse.OpenSampled();
        File.WriteAllText(session.PathOf("pipeline.yml"), "sources: {DW_C: {file: regions.duckdb, schema: DW_C}}");
        using var other = new PwshProcess { KeepInputOpen = true }.StartPwsh(
            "-Command",
            $"Import-Module '{ModuleRunspace.Manifest}'; $null = Connect-LoyaltyWarehouse '{session.PathOf("regions.duckdb")}'; $null = Initialize-LoyaltyWarehouse -IncludeSources; 'open'; $null = [Console]::In.ReadLine(); Disconnect-LoyaltyWarehouse");
        await other.WaitForTextAsync("open");

        var refused = session.Run($"Invoke-LoyaltyMerge {SampleWarehouse.Day}");
        using var waiting = session.Start($"Invoke-LoyaltyMerge {SampleWarehouse.Day} -LockTimeout 60");
        waiting.WaitFor(StreamKind.Progress, "regions.duckdb");
        other.Type("\n");
        other.CloseInput();
        waiting.Wait().Succeeded();

        Assert.Equal(("WarehouseBusy", "DW_C"), (refused.ErrorId, refused.Error.TargetObject));
        Assert.StartsWith(
            $"The file {session.PathOf("regions.duckdb")} of source DW_C is in use. It is open in process {other.Id} (",
            refused.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await other.WaitAsync()).ExitCode);
    }

    [Fact]
    public void What_a_killed_run_left_means_nothing()
    {
        using var session = SampleWarehouse.OpenSampled();
        var notice = session.PathOf("w.duckdb.run");
        File.WriteAllText(
            notice,
            $$"""{"RunId":"dead","Owner":"somebody","Host":"{{Environment.MachineName}}","ProcessId":1,"Since":"2020-01-01T00:00:00Z"}""");

        session.Run($"Invoke-LoyaltyMerge {SampleWarehouse.Day}").Succeeded();

        Assert.False(File.Exists(notice));
    }

    private static RunningProcess Start(string script) =>
        new PwshProcess { Timeout = TimeSpan.FromMinutes(3) }.StartPwsh("-Command", $"Import-Module '{ModuleRunspace.Manifest}'; {script}");
}
