using System.Data;
using System.Data.Common;
using LoyaltyPipeline.SnowflakeSupport;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SnowflakeServers;

/// <summary>The provider behaves as Snowflake's driver does.</summary>
[Trait("Group", "TestSupport")]
public sealed class ProviderTests : IDisposable
{
    private readonly SnowflakeServer _server = new();
    private readonly TestSession _session;

    public ProviderTests() => _session = new TestSession(_server);

    [Fact]
    public void Values_of_every_type_go_there_and_back()
    {
        _session.Run("CREATE TABLE T (A BIGINT, B DECIMAL(10, 2), C VARCHAR, D BOOLEAN, E DATE, F TIMESTAMP_NTZ, G FLOAT, H BINARY)");
        var time = new DateTime(2025, 3, 1, 12, 30, 15, 123, DateTimeKind.Unspecified).AddTicks(4560);
        _session.Run(
            "INSERT INTO T VALUES (?, ?, ?, ?, ?, ?, ?, ?)", 7L, 10.5m, "it's \\ \"x\"", true, new DateOnly(2025, 2, 28), time, 0.25,
            new byte[] { 1, 255 });
        using var command = _session.Command("SELECT * FROM T");
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        object[] values = new object[8];
        reader.GetValues(values);
        Assert.Equal([7L, 10.50m, "it's \\ \"x\"", true, new DateTime(2025, 2, 28), time, 0.25, new byte[] { 1, 255 }], values);
        Assert.Equal("10.50", reader.GetString(1));
        Assert.Equal(typeof(decimal), reader.GetFieldType(1));
        Assert.Equal(typeof(DateTime), reader.GetFieldType(4));
        Assert.Equal(7, reader.GetInt32(0));
        Assert.Equal(-1, reader.GetOrdinal("a"));
        Assert.Equal(-1, reader.RecordsAffected);
    }

    [Fact]
    public void Nulls_are_bound_and_read()
    {
        _session.Run("CREATE TABLE T (A BIGINT, B DATE)");
        _session.Run("INSERT INTO T VALUES (?, ?)", null, DBNull.Value);
        Assert.Equal(["NULL|NULL"], _session.Rows("SELECT A, B FROM T"));
        Assert.Equal(DBNull.Value, _session.Scalar("SELECT A FROM T"));
        Assert.Equal(DBNull.Value, _session.Scalar("SELECT A FROM T WHERE A = 1"));
    }

    [Fact]
    public void Changed_rows_are_the_sum_of_the_counts_of_the_one_result_row()
    {
        _session.Run("CREATE TABLE T (ID BIGINT, V VARCHAR)");
        Assert.Equal(3, _session.Run("INSERT INTO T SELECT * FROM VALUES (1, 'a'), (2, 'b'), (3, 'c')"));
        Assert.Equal(2, _session.Run("UPDATE T SET V = 'x' WHERE ID > 1"));
        Assert.Equal(1, _session.Run("DELETE FROM T WHERE ID = 3"));
        Assert.Equal(0, _session.Run("CREATE TABLE U AS SELECT * FROM T"));
        using var command = _session.Command("INSERT INTO T VALUES (9, 'z')");
        using var reader = command.ExecuteReader();
        Assert.Equal("number of rows inserted", reader.GetName(0));
        Assert.Equal(1, reader.RecordsAffected);
    }

    [Fact]
    public void A_command_and_its_reader_and_its_error_tell_the_query_id()
    {
        using var command = _session.Command("SELECT 1");
        using var reader = command.ExecuteReader();
        var id = (string)command.GetType().GetMethod("GetQueryId")!.Invoke(command, [])!;
        Assert.Equal(id, (string)reader.GetType().GetMethod("GetQueryId")!.Invoke(reader, [])!);
        Assert.Equal(id, _server.Statements[^1].QueryId);
        var exception = Assert.ThrowsAny<DbException>(() => _session.Run("SELECT * FROM NOWHERE"));
        Assert.Equal(_server.Statements[^1].QueryId, (string)exception.GetType().GetProperty("QueryId")!.GetValue(exception)!);
        Assert.Null(exception.SqlState);
        Assert.Equal("002003", _server.Statements[^1].ErrorCode);
    }

    [Fact]
    public void Only_read_committed_transactions_can_be_begun()
    {
        Assert.Equal(
            270009, Assert.ThrowsAny<DbException>(() => _session.Connection.BeginTransaction(IsolationLevel.Serializable)).ErrorCode);
        using var transaction = _session.Connection.BeginTransaction();
        Assert.Equal(IsolationLevel.ReadCommitted, transaction.IsolationLevel);
    }

    [Fact]
    public void A_transaction_that_is_disposed_of_is_rolled_back()
    {
        _session.Run("CREATE TABLE T (ID BIGINT)");
        using (_session.Connection.BeginTransaction())
            _session.Run("INSERT INTO T VALUES (1)");
        using (var transaction = _session.Connection.BeginTransaction())
        {
            _session.Run("INSERT INTO T VALUES (2)");
            transaction.Commit();
        }

        Assert.Equal(["2"], _session.Rows("SELECT ID FROM T"));
    }

    [Fact]
    public async Task A_cancelled_token_stops_a_statement_and_the_session_goes_on()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await using var command = _session.Command(SlowQuery);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command.ExecuteScalarAsync(source.Token));
        Assert.Equal(1L, _session.Scalar("SELECT 1"));
        Assert.Equal("000604", _server.Statements[^2].ErrorCode);
    }

    [Fact]
    public async Task Cancel_stops_a_statement()
    {
        await using var command = _session.Command(SlowQuery);
        var running = Task.Run(command.ExecuteScalar, TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        command.Cancel();
        Assert.Equal(604, (await Assert.ThrowsAnyAsync<DbException>(() => running)).ErrorCode);
    }

    [Fact]
    public void A_statement_that_takes_too_long_is_stopped()
    {
        _session.Run("ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 1");
        Assert.Equal("000630 57014", _session.Refused(SlowQuery).Code);
    }

    public void Dispose()
    {
        _session.Dispose();
        _server.Dispose();
    }

    /// <summary>Takes minutes and no memory.</summary>
    private const string SlowQuery = """
        WITH N AS (SELECT * FROM VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10) AS V (I)), M AS (SELECT A.I FROM N AS A, N AS B, N AS C, N AS D)
        SELECT COUNT(*) FROM M AS A, M AS B, M AS C WHERE A.I + B.I * C.I = -1
        """;
}
