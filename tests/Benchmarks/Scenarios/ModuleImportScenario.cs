using System.Diagnostics;
using LoyaltyPipeline.Benchmarks.Reporting;
using LoyaltyPipeline.TestSupport;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>What importing the module adds to a session that does nothing else.</summary>
internal sealed class ModuleImportScenario : IScenario
{
    private const double MillisecondsAllowed = 150;
    private const int RoundsAtLeast = 15;

    private static readonly string ImportCommand =
        $"Import-Module '{Repository.ModuleManifest.Replace("'", "''", StringComparison.Ordinal)}'; exit";

    public string Name => "module";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        Progress.Say(Name, "sessions with and without the module");
        var empty = new List<double>();
        var importing = new List<double>();
        // The first session of each kind fills the disk cache.
        for (var round = 0; round <= Math.Max(RoundsAtLeast, options.Rounds); round++)
        {
            var importFirst = round % 2 == 1;
            var one = await TimeSessionAsync(importFirst ? ImportCommand : "exit", cancellationToken);
            var other = await TimeSessionAsync(importFirst ? "exit" : ImportCommand, cancellationToken);
            if (round == 0)
                continue;
            importing.Add(importFirst ? one : other);
            empty.Add(importFirst ? other : one);
        }

        return
        [
            new Figure(Name, "import over an empty session", "ms", [.. importing.Zip(empty, (with, without) => with - without)])
            {
                Target = new Target(MillisecondsAllowed),
            },
            new Figure(Name, "empty session", "ms", empty),
            new Figure(Name, "session with import", "ms", importing),
        ];
    }

    private static async Task<double> TimeSessionAsync(string command, CancellationToken cancellationToken)
    {
        var (program, arguments) = PowerShellTool.Command("-NonInteractive", "-Command", command);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? clock.Elapsed.TotalMilliseconds
            : throw new InvalidOperationException($"The session '{command}' ended with exit code {process.ExitCode}.");
    }
}
