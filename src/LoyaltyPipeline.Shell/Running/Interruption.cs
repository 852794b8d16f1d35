using System.Runtime.InteropServices;

namespace LoyaltyPipeline.Shell.Running;

/// <summary>Ctrl+C and requests to terminate: stop the running command, give it time to clean up, and say which exit code is due.</summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly EngineSession _session;
    private readonly bool _interactive;
    private readonly ManualResetEventSlim _finished = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption(EngineSession session, bool interactive)
    {
        (_session, _interactive) = (session, interactive);
        Console.CancelKeyPress += OnCancelKey;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => OnTerminate(c, Shell.ExitCode.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, c => OnTerminate(c, Shell.ExitCode.HungUp)),
        ];
    }

    /// <summary>The exit code that an interruption asks for, if there was one.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Stops the running command as Ctrl+C does.</summary>
    public void Interrupt()
    {
        if (_interactive)
        {
            _session.Stop();
            return;
        }

        ExitCode ??= Shell.ExitCode.Interrupted;
        _session.StopForGood();
    }

    public void Dispose()
    {
        _finished.Set();
        Console.CancelKeyPress -= OnCancelKey;
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    /// <summary>A second Ctrl+C ends the process at once: whoever presses it again does not want to wait.</summary>
    private void OnCancelKey(object? sender, ConsoleCancelEventArgs e)
    {
        e.Cancel = ExitCode is null;
        Interrupt();
    }

    /// <summary>Returns only when all is cleaned up: Windows ends the process as soon as this does.</summary>
    private void OnTerminate(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        ExitCode = exitCode;
        var running = _session.StopForGood();
        if (!running || !_finished.Wait(Grace)) // at the prompt nothing runs, and its read of a key would never come back
            Environment.Exit(exitCode);
    }
}
