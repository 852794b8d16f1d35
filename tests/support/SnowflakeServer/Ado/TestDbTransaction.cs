using System.Data;
using System.Data.Common;

namespace LoyaltyPipeline.SnowflakeSupport.Ado;

/// <summary>A transaction; it is rolled back where it is disposed of before it is committed.</summary>
internal sealed class TestDbTransaction : DbTransaction
{
    private readonly TestDbConnection _connection;
    private bool _isOver;

    internal TestDbTransaction(TestDbConnection connection)
    {
        _connection = connection;
        Send("BEGIN");
    }

    public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

    protected override DbConnection DbConnection => _connection;

    public override void Commit() => End("COMMIT");

    public override void Rollback() => End("ROLLBACK");

    protected override void Dispose(bool disposing)
    {
        if (disposing && _connection.State == ConnectionState.Open)
            End("ROLLBACK");
        base.Dispose(disposing);
    }

    private void End(string sql)
    {
        if (_isOver)
            return;
        _isOver = true;
        Send(sql);
    }

    private void Send(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
