using System.Runtime.InteropServices;

namespace LoyaltyPipeline.Runtime;

/// <summary>
/// As long as a cmdlet lives, a request to the process to end (a service manager's stop, a terminal that is closed) cancels the work and
/// waits for it a moment, so that what was begun is taken back and the run log says so. PowerShell would end at once. The process then ends
/// as the request asks.
/// </summary>
internal sealed class ProcessEnding : IDisposable
{
    // A service manager kills what has not ended after a minute or so, a closing console after five seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _hangUp;

    /// <summary>Begins to listen.</summary>
    /// <param name="cancel">Cancels the work.</param>
    /// <param name="work">What is being worked at now; it ends when the work has.</param>
    public ProcessEnding(Action cancel, Func<Task> work)
    {
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => End());
        _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => End());

        void End()
        {
            cancel();
            // Whether it ended by an error is for the cmdlet to say, if it still can.
            ((IAsyncResult)work()).AsyncWaitHandle.WaitOne(Patience);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _terminate.Dispose();
        _hangUp.Dispose();
    }
}
