using LoyaltyPipeline.SnowflakeSupport.Faults;
using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Wire;

/// <summary>A text that came over the wire and runs, or has run.</summary>
/// <param name="requestId">The id that the client gave it; it cancels by it.</param>
internal sealed class WireQuery(string queryId, string requestId) : IDisposable
{
    public string QueryId => queryId;

    /// <summary>The id that the client gave it.</summary>
    public string RequestId => requestId;

    /// <summary>Cancels it.</summary>
    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>Its results.</summary>
    public Task<IReadOnlyList<StatementResult>> Running { get; set; } = Task.FromResult<IReadOnlyList<StatementResult>>([]);

    /// <summary>What it came to, whether or not the client has heard of it; null where it was not run, failed or still runs.</summary>
    public IReadOnlyList<StatementResult>? Known =>
        Running.IsCompletedSuccessfully ? Running.Result : (Running.Exception?.InnerException as NetworkCutException)?.Results;

    /// <summary>Lets go of what cancels it.</summary>
    public void Dispose() => Cancellation.Dispose();
}
