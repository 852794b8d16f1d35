using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LoyaltyPipeline.Shell.Hosting;
using LoyaltyPipeline.Shell.Terminals;
using Microsoft.PowerShell;

namespace LoyaltyPipeline.Shell.Running;

/// <summary>The engine: runs commands one at a time, shows what they write, and can be stopped from another thread.</summary>
internal sealed class EngineSession : IDisposable
{
    private readonly ShellOutput _output;
    private readonly Runspace _runspace;
    private readonly Lock _lock = new();
    private readonly Stack<Pipeline> _running = new();
    private bool _closing;

    public EngineSession(ShellHost host, ShellOutput output, ExecutionPolicy? policy)
    {
        _output = output;
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = policy ?? ExecutionPolicy.RemoteSigned; // the default that pwsh ships with; the bare engine's is Restricted
        _runspace = RunspaceFactory.CreateRunspace(host, state);
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
        Runspace.DefaultRunspace = _runspace;
    }

    /// <summary>Runs a script file as a command of its own, so that errors and $MyInvocation are what the script's author expects.</summary>
    /// <returns>The exit code that pwsh -File would give.</returns>
    public int RunFile(string path, IEnumerable<CommandParameter> parameters)
    {
        var script = new Command(path, isScript: false, useLocalScope: false);
        foreach (var parameter in parameters)
            script.Parameters.Add(parameter);

        using var pipeline = _runspace.CreatePipeline();
        pipeline.Commands.Add(script);
        using var exit = new ScriptExitWatch(_runspace);
        return Show(pipeline) ? exit.ExitCode ?? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Runs a script's text.</summary>
    /// <returns>The exit code that pwsh -Command would give, unless the text asked the host for one.</returns>
    public int RunText(string text)
    {
        // The engine's own error for a text that is no script does not say where it goes wrong.
        if (ScriptText.Errors(text) is { Length: > 0 } errors)
        {
            Report(new ParseException(errors));
            return ExitCode.Failure;
        }

        // Only after a command that goes into the history does the engine keep $? for the next one.
        using var pipeline = Create(text, inHistory: true);
        return Show(pipeline) && Evaluate("$?") is "True" ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Runs text of the shell itself and gives back what it writes, as text.</summary>
    public string Evaluate(string text)
    {
        using var pipeline = Create(text, inHistory: false);
        try
        {
            return string.Concat(Invoke(pipeline));
        }
        catch (RuntimeException)
        {
            return "";
        }
    }

    /// <summary>Stops the innermost running command, and returns at once.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Stop()
    {
        lock (_lock)
        {
            if (!_running.TryPeek(out var pipeline))
                return false;
            pipeline.StopAsync();
            return true;
        }
    }

    /// <summary>Stops the running command and begins no other.</summary>
    /// <returns>Whether there was one.</returns>
    public bool StopForGood()
    {
        lock (_lock)
            _closing = true;
        return Stop();
    }

    public void Dispose() => _runspace.Dispose();

    /// <summary>Runs commands and has the engine format onto the console what they write, errors too.</summary>
    /// <returns>Whether nothing ended them early.</returns>
    private bool Show(Pipeline pipeline)
    {
        pipeline.Commands.Add(new Command("Out-Default")
        {
            MergeUnclaimedPreviousCommandResults = PipelineResultTypes.Output | PipelineResultTypes.Error,
        });
        try
        {
            Invoke(pipeline);
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException e)
        {
            Report(e);
            return false;
        }
    }

    /// <summary>Shows an error that ended a command as the engine shows one that a command has written.</summary>
    private void Report(RuntimeException error)
    {
        using var pipeline = Create(text: null, inHistory: false);
        pipeline.Commands.Add("Out-Default");
        try
        {
            using (_output.ToError())
                Invoke(pipeline, new ErrorRecord(error.ErrorRecord, error));
        }
        catch (PipelineStoppedException)
        {
            // The session is closing: whoever stopped it asked for no more output.
        }
    }

    private Collection<PSObject> Invoke(Pipeline pipeline, params IEnumerable<object> input)
    {
        lock (_lock)
        {
            if (_closing)
                throw new PipelineStoppedException();
            _running.Push(pipeline);
        }

        try
        {
            return pipeline.Invoke(input);
        }
        finally
        {
            lock (_lock)
                _running.Pop();
        }
    }

    /// <summary>At a prompt inside a running command, only a nested pipeline can run.</summary>
    private Pipeline Create(string? text, bool inHistory)
    {
        var nested = _running.Count > 0;
        if (text is null)
            return nested ? _runspace.CreateNestedPipeline() : _runspace.CreatePipeline();
        return nested ? _runspace.CreateNestedPipeline(text, inHistory) : _runspace.CreatePipeline(text, inHistory);
    }
}
