namespace LoyaltyPipeline.Benchmarks.Recording;

/// <summary>Keeps what is asked of the sessions of a warehouse, in order.</summary>
internal sealed class StatementRecorder
{
    private readonly List<RecordedStatement> _statements = [];
    private int _sessions;

    public IReadOnlyList<RecordedStatement> Statements => _statements;

    public int Open()
    {
        var session = _sessions++;
        Add(session, StatementKind.Open);
        return session;
    }

    public void Add(int session, StatementKind kind, string sql = "", IReadOnlyList<object?>? values = null) =>
        _statements.Add(new RecordedStatement(session, kind, sql, [.. (values ?? []).Select(RecordedValue.Of)]));
}
