namespace LoyaltyPipeline.Core.Engines;

/// <summary>
/// What an engine says against a statement that a user wrote. It goes no further than who ran the statement for the user.
/// </summary>
/// <param name="reason">What the engine says, without a value that it is about.</param>
/// <param name="line">The line of the statement that is meant, from 1; null where the engine does not say.</param>
/// <param name="column">The place in the line, from 1; null where the engine does not say.</param>
internal sealed class StatementException(string reason, int? line, int? column) : Exception(reason)
{
    public int? Line { get; } = line;

    public int? Column { get; } = column;
}
