using System.Diagnostics;

namespace LoyaltyPipeline.Crashes;

/// <summary>A process that does work on a warehouse until it has done it or is killed.</summary>
internal static class Victim
{
    /// <summary>What the process writes before it begins.</summary>
    public const string Ready = "ready";

    // Names the program that the process is, where there is no dotnet to start it.
    private const string ProgramVariable = "LOYALTY_TEST_CRASHES";

    /// <summary>Starts the process and kills it some time after it has begun.</summary>
    /// <param name="arguments">Name of the work, and what it wants to know.</param>
    /// <param name="killAfter">When to kill it; null for never.</param>
    /// <param name="environment">What the process finds in its environment besides.</param>
    /// <returns>How long it lived after it had begun.</returns>
    public static async Task<TimeSpan> RunAsync(
        IReadOnlyList<string> arguments, TimeSpan? killAfter, CancellationToken cancellationToken,
        params IEnumerable<(string Name, string Value)> environment)
    {
        var start = Environment.GetEnvironmentVariable(ProgramVariable) is { Length: > 0 } program
            ? new ProcessStartInfo(program, arguments)
            : new ProcessStartInfo("dotnet", [typeof(Victim).Assembly.Location, .. arguments]);
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            if (await process.StandardOutput.ReadLineAsync(cancellationToken) != Ready)
                throw new InvalidOperationException($"The process for {arguments[0]} did not begin.");
            var clock = Stopwatch.StartNew();
            if (killAfter is { } delay)
                await KillAsync(process, delay, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return killAfter is not null || process.ExitCode == 0
                ? clock.Elapsed
                : throw new InvalidOperationException($"The process for {arguments[0]} ended with exit code {process.ExitCode}.");
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
