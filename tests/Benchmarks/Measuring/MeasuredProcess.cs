using System.Diagnostics;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Starts this program again for one task.</summary>
internal static class MeasuredProcess
{
    public static async Task<MeasuredRun> StartAsync(
        string task, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        string[] all = [typeof(MeasuredProcess).Assembly.Location, MeasuredTasks.Verb, task,
            .. arguments.SelectMany(argument => new[] { $"--{argument.Key}", argument.Value })];
        var start = new ProcessStartInfo("dotnet", all) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? MeasuredRun.FromJson(output)
                : throw new InvalidOperationException($"The task {task} ended with exit code {process.ExitCode}.");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }
}
