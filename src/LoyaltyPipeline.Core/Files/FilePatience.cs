using System.Diagnostics;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Files;

/// <summary>
/// Insists on what another program is in the way of: scanners, indexers and readers have a file open for a moment only. One patience may
/// serve several attempts in turn; all of them together wait no longer than its length.
/// </summary>
/// <param name="length">How long it lasts.</param>
internal sealed class FilePatience(TimeSpan length, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Stopwatch _waited = new();

    /// <summary>Attempts once.</summary>
    public static FilePatience None => new(TimeSpan.Zero, CancellationToken.None);

    /// <summary>As long as the module insists.</summary>
    public static FilePatience Usual(CancellationToken cancellationToken) => new(TimeSpan.FromSeconds(5), cancellationToken);

    /// <summary>Attempts something until nobody is in its way any more, or the patience is at its end.</summary>
    /// <typeparam name="T">What the attempt yields.</typeparam>
    /// <param name="verb">What is to be done with the file, for the error.</param>
    /// <param name="paths">The files that are touched, the first of which the error names where it cannot be told who is held: the one to
    /// which access may be denied.</param>
    /// <returns>What the attempt yields.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="LoyaltyException"><c>FileInUse</c>; every other failure of the attempt comes as it is.</exception>
    public T Insist<T>(Func<T> attempt, string verb, params ReadOnlySpan<string> paths)
    {
        try
        {
            return Insist(attempt, FileUse.MayPass);
        }
        catch (Exception failure) when (FileUse.MayPass(failure))
        {
            // Denied may mean either, and is said of the first alone: of another, which may be open here itself, Windows says that it is in
            // use.
            var held = FindHeld(FileUse.IsInUse(failure) ? paths : paths[..1]);
            if (held is null && !FileUse.IsInUse(failure))
                throw;
            throw FileUse.Error(held ?? paths[0], verb, failure);
        }
    }

    /// <summary>Attempts something until it succeeds, or the patience is at its end.</summary>
    /// <typeparam name="T">What the attempt yields.</typeparam>
    /// <param name="mayPass">Whether a failure may be gone in a moment.</param>
    /// <returns>What the attempt yields. A failure that has not passed comes as it is.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public T Insist<T>(Func<T> attempt, Func<Exception, bool> mayPass)
    {
        try
        {
            while (true)
            {
                try
                {
                    return attempt();
                }
                catch (Exception failure) when (mayPass(failure) && _waited.Elapsed < length)
                {
                    // Attempts take their time too, those after the first as part of the wait.
                    _waited.Start();
                    cancellationToken.WaitHandle.WaitOne(Pause);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            _waited.Stop();
        }
    }

    /// <inheritdoc cref="Insist{T}(Func{T}, string, ReadOnlySpan{string})"/>
    public void Insist(Action attempt, string verb, params ReadOnlySpan<string> paths) => Insist(
        () =>
        {
            attempt();
            return true;
        },
        verb,
        paths);

    private static string? FindHeld(ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (FileUse.IsHeld(path))
                return path;
        }

        return null;
    }
}
