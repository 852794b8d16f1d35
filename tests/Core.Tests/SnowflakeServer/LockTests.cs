using LoyaltyPipeline.SnowflakeSupport;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SnowflakeServers;

/// <summary>UPDATE, DELETE and MERGE have a table for themselves until their transaction ends.</summary>
[Trait("Group", "TestSupport")]
public sealed class LockTests : IDisposable
{
    private readonly SnowflakeServer _server = new();
    private readonly TestSession _first;
    private readonly TestSession _second;

    public LockTests()
    {
        _first = new TestSession(_server);
        _second = new TestSession(_server);
        _first.Run("CREATE TABLE RUN_LOCK AS SELECT 'lease' AS NAME, CAST(NULL AS VARCHAR) AS OWNER");
    }

    [Fact]
    public async Task A_conditional_update_waits_and_then_sees_what_was_committed()
    {
        const string Take = "UPDATE RUN_LOCK SET OWNER = ? WHERE NAME = 'lease' AND OWNER IS NULL";
        _first.Run("BEGIN");
        Assert.Equal(1, _first.Run(Take, "first"));
        var waiting = Task.Run(() => _second.Run(Take, "second"), TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        _first.Run("COMMIT");
        Assert.Equal(0, await waiting);
        Assert.Equal("first", _second.Scalar("SELECT OWNER FROM RUN_LOCK"));
    }

    [Fact]
    public void Only_one_of_many_takes_a_lease()
    {
        var sessions = Enumerable.Range(0, 8).Select(_ => new TestSession(_server)).ToList();
        var taken = new int[sessions.Count];
        Parallel.For(0, sessions.Count, i => taken[i] = sessions[i].Run("UPDATE RUN_LOCK SET OWNER = ? WHERE OWNER IS NULL", $"s{i}"));
        sessions.ForEach(session => session.Dispose());
        Assert.Equal(1, taken.Sum());
    }

    [Fact]
    public void Waiting_ends_at_the_lock_timeout()
    {
        _first.Run("BEGIN");
        _first.Run("DELETE FROM RUN_LOCK");
        _second.Run("ALTER SESSION SET LOCK_TIMEOUT = 1");
        var (code, message) = _second.Refused("UPDATE RUN_LOCK SET OWNER = 'x'");
        Assert.Equal("000625 57014", code);
        Assert.Contains("has locked table 'RUN_LOCK'", message, StringComparison.Ordinal);
        Assert.Single(_second.Rows("SHOW LOCKS IN ACCOUNT"));
        // Reading and adding do not wait.
        Assert.Single(_second.Rows("SELECT * FROM RUN_LOCK"));
        Assert.Equal(1, _second.Run("INSERT INTO RUN_LOCK VALUES ('other', NULL)"));
    }

    [Fact]
    public async Task No_more_than_twenty_statements_wait_for_a_table()
    {
        _first.Run("BEGIN");
        _first.Run("UPDATE RUN_LOCK SET OWNER = NULL");
        var sessions = Enumerable.Range(0, 21).Select(_ => new TestSession(_server)).ToList();
        var waiting = sessions.ConvertAll(session => Task.Factory.StartNew(
            () => session.Run("UPDATE RUN_LOCK SET OWNER = 'x'"), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        var refused = await Task.WhenAny(waiting);
        Assert.Contains("exceeds the 20 statements limit", refused.Exception!.InnerException!.Message, StringComparison.Ordinal);
        _first.Run("COMMIT");
        waiting.Remove(refused);
        Assert.All(await Task.WhenAll(waiting), rows => Assert.Equal(1, rows));
        sessions.ForEach(session => session.Dispose());
    }

    [Fact]
    public async Task Waiting_ends_when_the_statement_is_cancelled_and_when_the_holder_goes()
    {
        _first.Run("BEGIN");
        _first.Run("DELETE FROM RUN_LOCK");
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await using var command = _second.Command("UPDATE RUN_LOCK SET OWNER = 'x'");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command.ExecuteNonQueryAsync(source.Token));
        _first.Dispose();
        Assert.Equal(1, _second.Run("UPDATE RUN_LOCK SET OWNER = 'x'"));
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _server.Dispose();
    }
}
