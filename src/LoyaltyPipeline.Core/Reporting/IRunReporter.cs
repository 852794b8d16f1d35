using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Reporting;

/// <summary>
/// What a feature tells the user while it works. Calls come from worker threads and return at once;
/// the receiver decides what is shown and how often.
/// </summary>
public interface IRunReporter
{
    /// <summary>How far the work is.</summary>
    /// <param name="progress">The state of the work.</param>
    void Progress(RunProgress progress);

    /// <summary>Something the user should know about and may act on.</summary>
    /// <param name="message">Names the thing and its consequence.</param>
    void Warning(string message);

    /// <summary>
    /// Waits until the warnings have been shown. Whoever stops the work at a warning stops it before what comes next, so that work which
    /// warns calls this before what it cannot take back.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>When they have been shown.</returns>
    /// <exception cref="OperationCanceledException">The work was stopped at one of them.</exception>
    Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A detail for those who ask for details.</summary>
    /// <param name="message">The detail; never holds personal data or secrets.</param>
    void Verbose(string message);

    /// <summary>
    /// Something was named in full that is not there; the work goes on with the rest. Where nobody hears of that, it ends the work.
    /// </summary>
    /// <param name="failure">Says what is not there; its target is the name.</param>
    void NotFound(LoyaltyException failure) => throw failure;

    /// <summary>A row of a log cannot be read; the work goes on with the others. Where nobody hears of that, it ends the work.</summary>
    /// <param name="failure">Names the row, and says what is wrong with it.</param>
    void Unreadable(LoyaltyException failure) => NotFound(failure);
}
