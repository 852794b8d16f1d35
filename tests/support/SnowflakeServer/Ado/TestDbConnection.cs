using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Sessions;

namespace LoyaltyPipeline.SnowflakeSupport.Ado;

/// <summary>A connection to the server: one session, from Open to Close.</summary>
internal sealed class TestDbConnection : DbConnection
{
    private readonly SnowflakeEngine _engine;
    private string _connectionString = "";

    internal TestDbConnection(SnowflakeEngine engine) => _engine = engine;

    [AllowNull]
    public override string ConnectionString
    {
        get => _connectionString;
        set => _connectionString = value ?? "";
    }

    public override string Database => Session?.Database ?? "";

    public override string DataSource => _engine.Account;

    public override string ServerVersion => Session is null ? "" : SnowflakeEngine.Version;

    public override ConnectionState State => Session is null ? ConnectionState.Closed : ConnectionState.Open;

    internal SnowflakeEngine Engine => _engine;

    internal Session? Session { get; private set; }

    public override void Open()
    {
        if (Session is not null)
            return;
        try
        {
            Session = _engine.Login(ConnectionStringReader.Read(_connectionString));
        }
        catch (SnowflakeError error)
        {
            throw TestDbException.OfLogin(error);
        }
    }

    // The driver puts what the server said into an exception of its own here, and only here.
    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await Task.Run(Open, CancellationToken.None);
        }
        catch (TestDbException refused)
        {
            throw new TestDbException("08006", 270001, "Unable to connect", cause: new AggregateException(refused));
        }
    }

    public override void Close()
    {
        if (Session is null)
            return;
        _engine.Logout(Session);
        Session = null;
    }

    public override void ChangeDatabase(string databaseName)
    {
        using var command = CreateCommand();
        command.CommandText = $"USE DATABASE {databaseName}";
        command.ExecuteNonQuery();
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        if (isolationLevel is not (IsolationLevel.Unspecified or IsolationLevel.ReadCommitted))
            throw TestDbException.Unsupported($"isolation level {isolationLevel}");
        if (Session is null)
            throw TestDbException.Unsupported("a transaction on a closed connection");
        return new TestDbTransaction(this);
    }

    protected override DbCommand CreateDbCommand() => new TestDbCommand { Connection = this };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }
}
