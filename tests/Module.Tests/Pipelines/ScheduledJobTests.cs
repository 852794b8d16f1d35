using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Pipelines;

/// <summary>
/// A job from its registration to its run by Debian's own cron, in a mount namespace in which there are no crontabs but those of the test.
/// </summary>
[Unix("A cron is started, which needs Linux and root.", Linux = true, Root = true)]
public sealed class ScheduledJobTests : IDisposable
{
    // The next minute, and the run.
    private const int Patience = 150;

    private readonly ScratchFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cron_runs_what_was_registered_and_nothing_else_of_the_crontab_changes()
    {
        await RequireAsync();
        // A blank, a quote, a percent sign and a letter beyond ASCII, in every path.
        var place = Directory.CreateDirectory(Path.Combine(_folder.Path, "it's 100% größe")).FullName;
        await File.WriteAllTextAsync(Path.Combine(place, "register.ps1"), Register, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(place, "after.ps1"), After, Cancellation);

        var result = await new PwshProcess { Timeout = TimeSpan.FromSeconds(Patience + 100), WorkingDirectory = place }.RunProgramAsync(
            "unshare", "--mount", "bash", "-c", Story, "story", place, await PwshAsync(), RepositoryRoot.Path);

        Assert.True(result.ExitCode == 0, $"{result.ExitCode}\n{result.Output}\n{result.Error}");
        Assert.Contains("checks.json: ", result.Output, StringComparison.Ordinal);
        var foreign = await File.ReadAllBytesAsync(Path.Combine(place, "foreign"), Cancellation);
        Assert.Equal(foreign, await File.ReadAllBytesAsync(Path.Combine(place, "left"), Cancellation));
    }

    private const string Register =
        """
        param($Module)
        $ErrorActionPreference = 'Stop'
        Import-Module $Module/LoyaltyPipeline.psd1
        $null = Connect-LoyaltyWarehouse ./w.duckdb 3> $null
        $null = Initialize-LoyaltyWarehouse
        $null = New-LoyaltySample -Users 60 -Days 60
        Set-Content pipeline.yml "guards: {stale_sources: false}`nconsumers: {Marketing: {destination: ./drop}}"
        $job = @{ Name = 'Daily'; Schedule = '* * * * *'; Kind = 'Cron'; Consumer = 'Marketing'; OutFile = './checks.json' }
        $made = Register-LoyaltyTask @job
        if ("$($made.Outcome)" -ne 'Registered') { throw "It is $($made.Outcome)." }
        if ("$((Register-LoyaltyTask @job).Outcome)" -ne 'Unchanged') { throw 'It is not the same.' }
        try { Register-LoyaltyTask @job -LockTimeout 60; throw 'It was replaced.' }
        catch { if ($_.FullyQualifiedErrorId -notlike 'TaskExists,*') { throw } }
        if ("$((Register-LoyaltyTask @job -LockTimeout 60 -Force).Outcome)" -ne 'Replaced') { throw 'It was not replaced.' }
        Disconnect-LoyaltyWarehouse
        $before = (Get-FileHash w.duckdb).Hash, (Get-Item w.duckdb).LastWriteTimeUtc
        $check = Test-LoyaltyTask Daily
        if (-not $check.IsReady) { throw "It is not ready: $($check.Output)" }
        $after = (Get-FileHash w.duckdb).Hash, (Get-Item w.duckdb).LastWriteTimeUtc
        if (Compare-Object $before $after) { throw 'The self-check changed the warehouse.' }
        if ((Test-Path drop, checks.json) -contains $true) { throw 'The self-check wrote something.' }
        Rename-Item pipeline.yml pipeline.not
        $check = Test-LoyaltyTask Daily
        $isTold = $check.ExitCode -eq 1 -and "$($check.Output)" -match 'pipeline.yml'
        if ($check.IsReady -or -not $isTold) { throw "It is ready all the same: $($check.Output)" }
        if (Test-LoyaltyTask Daily -Quiet) { throw 'It says that it is ready.' }
        Rename-Item pipeline.not pipeline.yml
        """;

    private const string After =
        """
        param($Module)
        $ErrorActionPreference = 'Stop'
        Import-Module $Module/LoyaltyPipeline.psd1
        $task = Get-LoyaltyTask
        if (@($task).Count -ne 1 -or $task.NextRun -lt [datetime]::UtcNow.AddMinutes(-1)) { throw $task }
        $run = Get-LoyaltyRun -Warehouse ./w.duckdb -Kind Merge -Last 1 -LockTimeout 60
        if ("$($run.Status)" -ne 'Succeeded') { throw 'It did not merge.' }
        "checks.json: $((Get-Item checks.json).Length) bytes"
        if ("$((Get-LoyaltyTask | Unregister-LoyaltyTask).Outcome)" -ne 'Removed' -or (Get-LoyaltyTask)) { throw 'It was not removed.' }
        """;

    // The job runs once: as soon as its report is there, cron is ended, and what it started is waited for.
    private const string Story =
        """
        set -euo pipefail
        place=$1 pwsh=$2 module=$3
        cd "$place"
        mkdir crontabs empty run
        mount --bind crontabs /var/spool/cron/crontabs
        mount --bind empty /etc/cron.d
        mount --bind /dev/null /etc/crontab
        mount --bind run /run
        start=("$pwsh"); [[ $pwsh == *.dll ]] && start=(dotnet "$pwsh")
        run() { "${start[@]}" -NoProfile -NonInteractive -File "$@"; }

        printf '# ann\xe9\nMAILTO=""\n5 5 31 12 * echo 50\\%%\n' > foreign
        crontab foreign
        run register.ps1 "$module"
        /usr/sbin/cron -f &
        cron=$!
        trap 'kill $cron 2> /dev/null || true' EXIT
        for _ in $(seq 1500); do [ -s checks.json ] && break; sleep 0.1; done
        kill $cron
        wait $cron || true
        [ -s checks.json ] || { echo "nothing came: $(crontab -l)" >&2; exit 1; }
        run after.ps1 "$module"
        crontab -l > left
        """;

    private static async Task RequireAsync()
    {
        Assert.SkipUnless(File.Exists("/etc/debian_version"), "cron is installed from Debian only.");
        var installed = await new PwshProcess { Timeout = TimeSpan.FromMinutes(5) }.RunProgramAsync(
            "bash", RepositoryRoot.Combine("tests/support/Schedulers/install.sh"));
        Assert.SkipUnless(installed.ExitCode == 0, $"cron is not there: {installed.Error.Trim()}");
        var allowed = await new PwshProcess().RunProgramAsync("unshare", "--mount", "true");
        Assert.SkipUnless(allowed.ExitCode == 0, $"A mount namespace cannot be made here: {allowed.Error.Trim()}");
    }

    private static async Task<string> PwshAsync()
    {
        var home = (await PwshProcess.RunAsync("-Command", "[Console]::Write($PSHOME)")).Output;
        return File.Exists(Path.Combine(home, "pwsh.dll")) ? Path.Combine(home, "pwsh.dll") : Path.Combine(home, "pwsh");
    }
}
