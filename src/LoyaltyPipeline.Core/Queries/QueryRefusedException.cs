namespace LoyaltyPipeline.Core.Queries;

/// <summary>Why a text is no query that may be run. It does not leave <see cref="UserQuery"/>.</summary>
/// <param name="message">The reason, to be read after the name of the query.</param>
internal sealed class QueryRefusedException(string message) : Exception(message);
