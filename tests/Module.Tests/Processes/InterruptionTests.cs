using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Processes;

/// <summary>
/// PowerShell as people use it: Ctrl+C in a terminal, and the request to end that a service manager sends, in the middle of long work.
/// </summary>
public sealed class InterruptionTests(InterruptedWork work) : IDisposable
{
    private const string CtrlC = "\u0003";
    private const string WentOn = "went on";
    private const string CleanedUp = "cleaned up";
    private const int Tries = 5;

    // Against hanging only: a shared machine may take its time. Uninterrupted, each of these takes far longer than it takes to stop.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly ScratchFolder _folder = new();

    private string Warehouse => Path.Combine(_folder.Path, "w.duckdb");

    [Theory]
    [Unix("Needs the command script.")]
    [InlineData("import", "Import-LoyaltySource '{0}/USER_ACTIVITY.csv' -Mode Replace", "Open USER_ACTIVITY")]
    [InlineData("merge", "Invoke-LoyaltyMerge 2026-06-30 -Force", "Prepare")]
    [InlineData("replay", "Invoke-LoyaltyMerge -From 2026-05-05 -To 2026-06-27 -Force", "Prepare")]
    [InlineData("delivery", "Export-EngagementSegment Marketing -Destination '{1}/drop' -Format Csv", "Plan")]
    public async Task Ctrl_C_in_a_terminal_ends_it_and_takes_it_back(string kind, string command, string begun)
    {
        var before = await InterruptAsync(async () =>
        {
            using var terminal = new PwshProcess
            {
                KeepInputOpen = true,
                Timeout = Bound,
                WorkingDirectory = _folder.Path,
            }.StartPwshOnTerminal("-File", Script(command));
            await terminal.WaitForTextAsync(begun, behind: "working");
            terminal.Type(CtrlC);
            var ended = await terminal.WaitAsync();
            Assert.Contains(CleanedUp, ended.Output, StringComparison.Ordinal);
            return ended;
        });

        AssertTakenBack(kind, before);
    }

    [Theory]
    [Unix("There are no signals to send.")]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task A_request_to_end_is_answered_after_the_work_was_taken_back(string signal, int exitCode)
    {
        var before = await InterruptAsync(async () =>
        {
            using var process = new PwshProcess { Timeout = Bound, WorkingDirectory = _folder.Path }.StartPwsh(
                "-File", Script("Invoke-LoyaltyMerge 2026-06-30 -Force"));
            await process.WaitForTextAsync("Prepare", behind: "working");
            await process.SignalAsync(signal);
            var ended = await process.WaitAsync();
            Assert.True(ended.ExitCode == exitCode || ended.Output.Contains(WentOn, StringComparison.Ordinal), $"{ended.ExitCode}");
            return ended;
        });

        AssertTakenBack("merge", before);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Starts and interrupts work, again where it was quicker than the interruption; gives back what was in the warehouse before.
    /// </summary>
    private async Task<IReadOnlyList<string>> InterruptAsync(Func<Task<ProcessResult>> attempt)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            Directory.CreateDirectory(_folder.Path);
            work.CopyWarehouse(Warehouse);
            var before = Content();
            var ended = await attempt();
            if (!ended.Output.Contains(WentOn, StringComparison.Ordinal))
                return before;

            Directory.Delete(_folder.Path, recursive: true);
        }

        throw new InvalidOperationException($"{Tries} times the work went on to its end.");
    }

    private string Script(string command) => _folder.Write("run.ps1", $$"""
        Import-Module '{{ModuleRunspace.Manifest}}'
        $ErrorActionPreference = 'Stop'
        $ProgressPreference = 'SilentlyContinue'
        $null = Connect-LoyaltyWarehouse '{{Warehouse}}'
        'working'
        try { {{string.Format(null, command, work.Landing, _folder.Path)}} -Verbose 4>&1 } finally { [Console]::WriteLine('{{CleanedUp}}') }
        '{{WentOn}}'
        """);

    private void AssertTakenBack(string kind, IReadOnlyList<string> before)
    {
        using var session = ModuleRunspace.WithProbes();
        session.Run($"$null = Connect-LoyaltyWarehouse '{Warehouse}'").Succeeded();
        Assert.Equal(
            ["Cancelled Cancelled"], session.Query("SELECT STATUS || ' ' || ERROR_ID FROM LOYALTY.RUN WHERE STATUS <> 'Succeeded'"));
        Assert.Empty(
            Directory.Exists(Path.Combine(_folder.Path, "drop"))
                ? Directory.GetFiles(Path.Combine(_folder.Path, "drop"), "*", SearchOption.AllDirectories)
                : []);
        // A replay keeps the days that it had written whole; whether they are right is what going on shows.
        if (kind != "replay")
            Assert.Equal(before, Content(session));
        session.Run($"$null = Invoke-LoyaltyMerge {InterruptedWork.Day} -WhatIf -Force -WarningAction SilentlyContinue").Succeeded();
    }

    private IReadOnlyList<string> Content()
    {
        using var session = ModuleRunspace.WithProbes();
        session.Run($"$null = Connect-LoyaltyWarehouse '{Warehouse}'").Succeeded();
        return Content(session);
    }

    // The log keeps the run that was cancelled, and the delivery that failed.
    private static IReadOnlyList<string> Content(ModuleRunspace session) =>
        session.ContentWithoutLogs(except: "LOYALTY.DELIVERY");
}
