using System.ComponentModel;
using System.Diagnostics;

namespace LoyaltyPipeline.Core.Scheduling.Programs;

/// <summary>Runs programs of this machine.</summary>
internal sealed class ProgramRunner : IProgramRunner
{
    /// <inheritdoc/>
    public async Task<ProgramOutcome?> RunAsync(ProgramCall call, CancellationToken cancellationToken)
    {
        using var process = Start(call);
        if (process is null)
            return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(call.Timeout);
        try
        {
            using var output = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await WriteAsync(process, call.Input, limit.Token);
            await reading;
            var text = await errors;
            await process.WaitForExitAsync(limit.Token);
            return new ProgramOutcome(process.ExitCode, output.ToArray(), text);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return new ProgramOutcome(ExitCode: null, [], string.Empty);
        }
    }

    private static async Task WriteAsync(Process process, byte[] input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all; its exit code says what came of that.
        }
    }

    private static Process? Start(ProgramCall call)
    {
        var start = new ProcessStartInfo(call.Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = call.Folder ?? string.Empty,
        };
        if (call.ArgumentText is not null)
            start.Arguments = call.ArgumentText;
        foreach (var argument in call.ArgumentText is null ? call.Arguments : [])
            start.ArgumentList.Add(argument);
        if (call.Environment is not null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in call.Environment)
                start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            // Not there, or not to be run: either way there is no such program for this user, which the caller says.
            return null;
        }
    }
}
