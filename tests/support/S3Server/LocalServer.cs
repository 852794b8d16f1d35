using System.Diagnostics;
using LoyaltyPipeline.Core.Tests.Support;

namespace LoyaltyPipeline.S3Support;

/// <summary>The server of tests/support/S3, which its scripts install, start and stop.</summary>
internal static class LocalServer
{
    /// <summary>Installs it where it is not, and starts one that ends with this process.</summary>
    /// <returns>Where it is.</returns>
    public static async Task<ServerSettings> StartAsync()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/etc/debian_version"))
            throw new ServerUnavailableException("The S3 server of the tests needs Debian; LOYALTY_TEST_S3_ENDPOINT can name another.");
        if (!Environment.IsPrivilegedProcess)
            throw new ServerUnavailableException("The S3 server of the tests needs root; LOYALTY_TEST_S3_ENDPOINT can name another.");

        await RunAsync("install.sh");
        var printed = await RunAsync("start.sh", "--parent", Environment.ProcessId.ToString());
        var lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

        // A process that is killed does not come here; then the parent is missed and the server ends all the same.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(lines["S3_STATE"]);
        return ServerSettings.FromScript(lines);
    }

    private static async Task<string> RunAsync(string script, params string[] arguments)
    {
        using var process = Begin(script, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new ServerUnavailableException($"The S3 server of the tests is not there: tests/support/S3/{script} failed: {(await errors).Trim()}");
    }

    private static void Stop(string state)
    {
        using var process = Begin("stop.sh", state);
        process.WaitForExit();
    }

    private static Process Begin(string script, params string[] arguments)
    {
        var path = Path.Combine(Repository.Root, "tests", "support", "S3", script);
        return Process.Start(new ProcessStartInfo("bash", [path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
    }
}
