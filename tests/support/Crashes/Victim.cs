using System.Diagnostics;

namespace LoyaltyPipeline.Crashes;

/// <summary>A process that does work on a warehouse until it has done it or is killed.</summary>
internal static class Victim
{
    /// <summary>What the process writes before it begins.</summary>
    public const string Ready = "ready";

    /// <summary>Starts the process and kills it some time after it has begun.</summary>
    /// <param name="work">Name of the work.</param>
    /// <param name="warehouse">The warehouse file.</param>
    /// <param name="landing">The landing folder.</param>
    /// <param name="killAfter">When to kill it; null for never.</param>
    /// <param name="cancellationToken">Gives up, killing it too.</param>
    /// <returns>How long it lived after it had begun.</returns>
    public static async Task<TimeSpan> RunAsync(string work, string warehouse, string landing, TimeSpan? killAfter, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Victim).Assembly.Location, work, warehouse, landing]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        try
        {
            if (await process.StandardOutput.ReadLineAsync(cancellationToken) != Ready)
                throw new InvalidOperationException($"The process for {work} did not begin.");
            var clock = Stopwatch.StartNew();
            if (killAfter is { } delay)
                await KillAsync(process, delay, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return killAfter is not null || process.ExitCode == 0 ? clock.Elapsed : throw new InvalidOperationException($"The process for {work} ended with exit code {process.ExitCode}.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    // On Unix this is SIGKILL: the process does not hear of it.
    private static async Task KillAsync(Process process, TimeSpan delay, CancellationToken cancellationToken)
    {
        await Task.WhenAny(Task.Delay(delay, cancellationToken), process.WaitForExitAsync(cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        if (!process.HasExited)
            process.Kill();
    }
}
