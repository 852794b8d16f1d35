using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>A child process that a test can wait for, and send signals to.</summary>
public sealed class RunningProcess : IDisposable
{
    private readonly Process _process;
    private readonly CancellationTokenSource _deadline;
    private readonly TimeSpan _timeout;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Task _reading;

    internal RunningProcess(Process process, TimeSpan timeout)
    {
        (_process, _timeout) = (process, timeout);
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _deadline.CancelAfter(timeout);
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _error));
    }

    public int Id => _process.Id;

    public string Output => Copy(_output);

    public string Error => Copy(_error);

    public async Task<ProcessResult> WaitAsync()
    {
        try
        {
            await _process.WaitForExitAsync(_deadline.Token);
            await _reading.WaitAsync(_deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw Late("did not end");
        }

        return new(_process.ExitCode, Output, Error);
    }

    /// <summary>Waits until the process has written the text, on either stream.</summary>
    public Task WaitForTextAsync(string text) =>
        WaitForAsync(() => Output.Contains(text, StringComparison.Ordinal) || Error.Contains(text, StringComparison.Ordinal), text);

    /// <summary>Waits until the process has written the text to standard output behind the first occurrence of another.</summary>
    public Task WaitForTextAsync(string text, string behind) => WaitForAsync(
        () => Output is var output && output.IndexOf(behind, StringComparison.Ordinal) is var at and >= 0
            && output.IndexOf(text, at + behind.Length, StringComparison.Ordinal) >= 0,
        text);

    /// <summary>Sends a signal, such as INT or TERM, to the process alone. Not on Windows.</summary>
    public async Task SignalAsync(string signal)
    {
        var id = _process.Id.ToString(CultureInfo.InvariantCulture);
        using var kill = Process.Start("kill", ["-" + signal, id]);
        await kill.WaitForExitAsync(_deadline.Token);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _deadline.Dispose();
    }

    /// <summary>Writes to the process's standard input.</summary>
    public void Type(string text)
    {
        try
        {
            _process.StandardInput.Write(text);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // The process has ended without reading its input, as it may.
        }
    }

    public void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // As above: closing flushes.
        }
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder text)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is var count and > 0)
        {
            lock (text)
                text.Append(buffer, 0, count);
        }
    }

    private async Task WaitForAsync(Func<bool> condition, string text)
    {
        while (!condition())
        {
            if ((_reading.IsCompleted && !condition()) || _deadline.IsCancellationRequested)
                throw Late($"did not write '{text}'");
            await Task.Delay(25);
        }
    }

    private static string Copy(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    private TimeoutException Late(string what) =>
        new($"The process {what} within {_timeout.TotalSeconds} s.\nOutput: {Output}\nError: {Error}");
}
