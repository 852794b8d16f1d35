using System.Collections.Concurrent;

namespace LoyaltyPipeline.Runtime;

/// <summary>
/// Carries what a worker wants done on the pipeline thread, in order. Objects and errors wait for one of a limited number of places, so a
/// slow consumer slows the worker; messages never wait, because Core reports from wherever it is.
/// </summary>
internal sealed class PipelineQueue : IDisposable
{
    private const int Places = 256;

    private readonly BlockingCollection<(Action Action, bool HasPlace)> _actions = [];
    private readonly SemaphoreSlim _places = new(Places);
    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Cancelled when the actions that wait will never run.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>Hands over an action once there is a place for it.</summary>
    /// <param name="action">Runs on the pipeline thread.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>When it is handed over, which is before it has run.</returns>
    public async Task PostAsync(Action action, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        _actions.Add((action, HasPlace: true), CancellationToken.None);
    }

    /// <summary>Hands over a message at once. One that comes after the end is dropped: nobody is there to show it.</summary>
    /// <param name="action">Runs on the pipeline thread.</param>
    public void Post(Action action)
    {
        try
        {
            _actions.Add((action, HasPlace: false));
        }
        catch (InvalidOperationException)
        {
        }
    }

    /// <summary>Says that no further action will run.</summary>
    public void Abandon() => _ = _abandoned.CancelAsync();

    /// <summary>Says that nothing more comes.</summary>
    public void Complete() => _actions.CompleteAdding();

    /// <summary>Runs the actions on the calling thread until all are done.</summary>
    /// <param name="tick">Runs in between, at least that often.</param>
    /// <param name="interval">How often.</param>
    public void Pump(Action tick, TimeSpan interval)
    {
        while (!_actions.IsCompleted)
        {
            if (_actions.TryTake(out var next, interval))
            {
                if (next.HasPlace)
                    _places.Release();
                next.Action();
            }

            tick();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _actions.Dispose();
        _places.Dispose();
        _abandoned.Dispose();
    }
}
