using DuckDB.NET.Data;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Sessions;

/// <summary>
/// The transaction of a session, as Snowflake has it over DuckDB's: a statement that fails leaves those before it, and a statement sees
/// what others have committed before it began. DuckDB keeps neither, so what the transaction wrote is written again where that is needed.
/// </summary>
internal sealed class SessionTransaction(DuckDBConnection connection, CommitLog commits)
{
    private readonly List<(Action Write, IReadOnlyList<ObjectName> Tables)> _writes = [];
    private readonly HashSet<ObjectName> _changed = [];
    private long _snapshot;
    private bool _isBegun;

    /// <summary>Whether BEGIN was sent and neither COMMIT nor ROLLBACK.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Its number, as CURRENT_TRANSACTION tells it.</summary>
    public long Id { get; private set; }

    /// <summary>Opens it. Snowflake ignores a second BEGIN.</summary>
    public void Open()
    {
        if (IsOpen)
            return;
        IsOpen = true;
        Id = DateTime.UtcNow.Ticks;
    }

    /// <summary>Makes it see what a statement may see.</summary>
    /// <param name="tables">The tables that the statement names.</param>
    public void Prepare(IReadOnlyCollection<ObjectName> tables)
    {
        if (!_isBegun)
        {
            Begin();
            return;
        }

        if (_writes.Count == 0)
        {
            connection.Execute("COMMIT");
            Begin();
        }
        else if (commits.AnyChanged(tables, _snapshot))
        {
            if (commits.AnyChanged(_writes.SelectMany(write => write.Tables), _snapshot))
                throw new NotSupportedException(
                    "The test server cannot show a transaction what others committed to tables that the transaction has read or written.");
            Restore();
        }
    }

    /// <summary>Does a statement's work; where it fails, nothing of it is left.</summary>
    /// <param name="tables">The tables that it names.</param>
    /// <param name="changes">Those that it changes.</param>
    public void Run(Action work, IReadOnlyList<ObjectName> tables, IReadOnlyCollection<ObjectName> changes)
    {
        try
        {
            work();
        }
        catch
        {
            Restore();
            throw;
        }

        if (changes.Count == 0)
            return;
        _changed.UnionWith(changes);
        if (IsOpen)
            _writes.Add((work, tables));
    }

    /// <summary>Commits what was done.</summary>
    public void Commit()
    {
        if (_isBegun)
            connection.Execute("COMMIT");
        if (_changed.Count > 0)
            commits.Add(_changed);
        End();
    }

    /// <summary>Undoes what was done.</summary>
    public void Rollback()
    {
        if (_isBegun)
            connection.Execute("ROLLBACK");
        End();
    }

    private void Begin()
    {
        _snapshot = commits.Now;
        connection.Execute("BEGIN TRANSACTION");
        _isBegun = true;
    }

    private void Restore()
    {
        connection.Execute("ROLLBACK");
        Begin();
        foreach (var (write, _) in _writes)
            write();
    }

    private void End()
    {
        _isBegun = false;
        IsOpen = false;
        _writes.Clear();
        _changed.Clear();
    }
}
