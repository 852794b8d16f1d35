using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Scheduling;

/// <summary>Debian's cron and systemd, of which neither is started.</summary>
internal static class Schedulers
{
    /// <summary>Installs them where that can be done; where it cannot, the test that asks is skipped.</summary>
    public static async Task RequireAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && File.Exists("/etc/debian_version"), "cron and systemd are installed from Debian only.");
        var installed = await ExternalProgram.RunAsync(
            "bash", [Path.Combine(Repository.Root, "tests", "support", "Schedulers", "install.sh")], cancellationToken);
        Assert.SkipUnless(installed.ExitCode == 0, $"cron and systemd are not there: {installed.Errors.Trim()}");
    }
}
