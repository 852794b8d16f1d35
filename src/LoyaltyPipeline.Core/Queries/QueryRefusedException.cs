namespace LoyaltyPipeline.Core.Queries;

/// <summary>Why a text is no query that may be run. It goes no further than who read the text.</summary>
/// <param name="message">The reason, to be read after the name of the query.</param>
/// <param name="position">The character of the text that is meant, from 0; null where it is not known.</param>
internal sealed class QueryRefusedException(string message, int? position = null) : Exception(message)
{
    public int? Position { get; } = position;
}
