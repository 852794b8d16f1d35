using System.Diagnostics;
using LoyaltyPipeline.Core.Tests.Support;

namespace LoyaltyPipeline.S3Support;

/// <summary>The server of tests/support/S3, which its scripts install, start and stop.</summary>
internal static class LocalServer
{
    /// <summary>Installs it where it is not, and starts one that ends with this process.</summary>
    public static async Task<ServerSettings> StartAsync()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/etc/debian_version"))
            throw new ServerUnavailableException("The S3 server of the tests needs Debian; LOYALTY_TEST_S3_ENDPOINT can name another.");
        if (!Environment.IsPrivilegedProcess)
            throw new ServerUnavailableException("The S3 server of the tests needs root; LOYALTY_TEST_S3_ENDPOINT can name another.");

        await RunAsync("install.sh");
        var printed = await RunAsync("start.sh", "--parent", Environment.ProcessId.ToString());
        var lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

        // A process that is killed does not come here; then the parent is missed and the server ends all the same.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(lines["S3_STATE"]);
        return ServerSettings.FromScript(lines);
    }

    private static async Task<string> RunAsync(string script, params string[] arguments)
    {
        var result = await ExternalProgram.RunAsync("bash", [PathOf(script), .. arguments], CancellationToken.None);
        return result.ExitCode == 0
            ? result.Output
            : throw new ServerUnavailableException(
                $"The S3 server of the tests is not there: tests/support/S3/{script} failed: {result.Errors.Trim()}");
    }

    private static void Stop(string state)
    {
        using var process =
            Process.Start(
                new ProcessStartInfo("bash", [PathOf("stop.sh"), state])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                })!;
        process.WaitForExit();
    }

    private static string PathOf(string script) => Path.Combine(Repository.Root, "tests", "support", "S3", script);
}
