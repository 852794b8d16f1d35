using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.ExceptionServices;

namespace LoyaltyPipeline.Shell.Running;

/// <summary>
/// Learns the code of an <c>exit</c> in the script file that was started. The engine catches that exit and leaves only
/// $LASTEXITCODE, where the code of a native command stands as well; and a failed native command is no reason to fail.
/// Letting the exit out of the script instead would lose output that the formatter still holds back.
/// </summary>
internal sealed class ScriptExitWatch : IDisposable
{
    private readonly Runspace _runspace;

    public ScriptExitWatch(Runspace runspace)
    {
        _runspace = runspace;
        AppDomain.CurrentDomain.FirstChanceException += OnException;
    }

    /// <summary>The code, or null where the script ended without <c>exit</c>.</summary>
    public int? ExitCode { get; private set; }

    public void Dispose() => AppDomain.CurrentDomain.FirstChanceException -= OnException;

    /// <summary>Runs where the exit is thrown, so the stack still tells which script it is that exits.</summary>
    private void OnException(object? sender, FirstChanceExceptionEventArgs e)
    {
        if (e.Exception is ExitException exit && ReferenceEquals(Runspace.DefaultRunspace, _runspace) && !InCalledScript())
            ExitCode = (int)exit.Argument;
    }

    /// <summary>A script that the script calls, or sources, ends alone. Each start of a script file has an invocation of its own.</summary>
    private bool InCalledScript() => _runspace.Debugger.GetCallStack()
        .Select(frame => frame.InvocationInfo)
        .Where(invocation => invocation?.MyCommand is ExternalScriptInfo)
        .Distinct()
        .Count() > 1;
}
