namespace LoyaltyPipeline.Benchmarks.Recording;

/// <summary>Something that was asked of a session.</summary>
/// <param name="Session">Number of the session, from 0.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="Sql">The statement, if it was one.</param>
/// <param name="Values">Its bound values.</param>
internal sealed record RecordedStatement(int Session, StatementKind Kind, string Sql, IReadOnlyList<RecordedValue> Values);
