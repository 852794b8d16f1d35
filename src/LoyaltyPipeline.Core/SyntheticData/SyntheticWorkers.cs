using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>Runs jobs in order on a number of threads; the first failure stops the others and is the one that is thrown.</summary>
internal sealed class SyntheticWorkers(int count)
{
    public async Task RunAsync<T>(IEnumerable<T> jobs, Action<T, CancellationToken> run, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queue = new ConcurrentQueue<T>(jobs);
        ExceptionDispatchInfo? failure = null;

        void Work()
        {
            try
            {
                while (!stop.IsCancellationRequested && queue.TryDequeue(out var job))
                    run(job, stop.Token);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), comparand: null);
                stop.Cancel();
            }
        }

        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(Work, CancellationToken.None)));
        cancellationToken.ThrowIfCancellationRequested();
        failure?.Throw();
    }
}
