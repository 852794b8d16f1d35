using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Sessions;

/// <summary>When each table was last changed by a transaction that committed.</summary>
internal sealed class CommitLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectName, long> _lastChange = [];
    private long _now;

    /// <summary>The number of commits so far.</summary>
    public long Now
    {
        get
        {
            lock (_gate)
                return _now;
        }
    }

    /// <summary>Notes a commit.</summary>
    /// <param name="tables">What it changed.</param>
    public void Add(IEnumerable<ObjectName> tables)
    {
        lock (_gate)
        {
            _now++;
            foreach (var table in tables)
                _lastChange[table] = _now;
        }
    }

    /// <summary>Whether one of some tables was changed.</summary>
    /// <param name="since">A number of commits.</param>
    public bool AnyChanged(IEnumerable<ObjectName> tables, long since)
    {
        lock (_gate)
            return tables.Any(table => _lastChange.GetValueOrDefault(table) > since);
    }
}
