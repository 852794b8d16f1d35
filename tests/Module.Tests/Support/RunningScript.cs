using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>A script at work in a runspace, with all it writes recorded in order.</summary>
internal sealed class RunningScript : IDisposable
{
    private readonly PowerShell _shell;
    private readonly List<StreamRecord> _records;
    private readonly IAsyncResult _invocation;

    public RunningScript(Runspace runspace, List<StreamRecord> records, string script)
    {
        _records = records;
        _records.Clear();
        _shell = PowerShell.Create(runspace).AddScript(script);
        var output = new PSDataCollection<PSObject>();
        Record(StreamKind.Output, output);
        Record(StreamKind.Error, _shell.Streams.Error);
        Record(StreamKind.Warning, _shell.Streams.Warning);
        Record(StreamKind.Verbose, _shell.Streams.Verbose);
        Record(StreamKind.Debug, _shell.Streams.Debug);
        Record(StreamKind.Information, _shell.Streams.Information);
        Record(StreamKind.Progress, _shell.Streams.Progress);
        _invocation = _shell.BeginInvoke<PSObject, PSObject>(null, output);
    }

    /// <summary>Waits until a stream says a text.</summary>
    public void WaitFor(StreamKind stream, string text) => WaitUntil(() => Said(stream, text), $"{stream} says '{text}'");

    /// <summary>Waits until something is so.</summary>
    /// <param name="what">What the error says of it where the script ends before.</param>
    public void WaitUntil(Func<bool> isSo, string what)
    {
        while (!isSo())
        {
            if (_invocation.IsCompleted && !isSo())
                throw new TimeoutException($"The script ended before this was so: {what}.");
            Thread.Sleep(5);
        }
    }

    /// <summary>Stops the script as Ctrl+C does; returns when it has stopped.</summary>
    public void Stop() => _shell.Stop();

    public ScriptResult Wait()
    {
        ErrorRecord? terminating = null;
        var stopped = false;
        try
        {
            _shell.EndInvoke(_invocation);
        }
        catch (PipelineStoppedException)
        {
            stopped = true;
        }
        catch (RuntimeException exception)
        {
            terminating = exception.ErrorRecord;
        }

        lock (_records)
            return new ScriptResult([.. _records], terminating, stopped);
    }

    public void Dispose() => _shell.Dispose();

    private bool Said(StreamKind stream, string text)
    {
        lock (_records)
            return _records.Exists(record => record.Stream == stream && $"{record.Value}".Contains(text, StringComparison.Ordinal));
    }

    private void Record<T>(StreamKind stream, PSDataCollection<T> collection) => collection.DataAdded += (_, added) =>
    {
        lock (_records)
            _records.Add(new StreamRecord(stream, collection[added.Index]!));
    };
}
