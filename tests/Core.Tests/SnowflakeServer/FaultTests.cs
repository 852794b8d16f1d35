using System.Data.Common;
using LoyaltyPipeline.SnowflakeSupport;
using LoyaltyPipeline.SnowflakeSupport.Faults;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SnowflakeServers;

/// <summary>What a test plans to go wrong goes wrong there and then.</summary>
[Trait("Group", "TestSupport")]
public sealed class FaultTests : IDisposable
{
    private readonly SnowflakeServer _server = new();
    private readonly TestSession _session;

    public FaultTests()
    {
        _session = new TestSession(_server);
        _session.Run("CREATE TABLE T (ID BIGINT)");
    }

    [Theory]
    [InlineData(FaultKind.SessionExpired, 390112)]
    [InlineData(FaultKind.SessionGone, 390111)]
    public void A_session_ends_with_its_transaction(FaultKind kind, int code)
    {
        _server.AddFault(new Fault(kind) { TextContains = "INSERT", Skip = 1 });
        _session.Run("BEGIN");
        _session.Run("INSERT INTO T VALUES (1)");
        Assert.Equal(code, Assert.ThrowsAny<DbException>(() => _session.Run("INSERT INTO T VALUES (2)")).ErrorCode);
        Assert.Equal(390111, Assert.ThrowsAny<DbException>(() => _session.Run("COMMIT")).ErrorCode);
        using var other = new TestSession(_server);
        Assert.Empty(other.Rows("SELECT * FROM T"));
    }

    [Theory]
    [InlineData(FaultKind.NetworkCutBefore, 0)]
    [InlineData(FaultKind.NetworkCutAfter, 1)]
    public void A_cut_network_leaves_the_statement_undone_or_done(FaultKind kind, long rows)
    {
        _server.AddFault(new Fault(kind) { TextContains = "insert" });
        var exception = Assert.ThrowsAny<DbException>(() => _session.Run("INSERT INTO T VALUES (1)"));
        Assert.IsAssignableFrom<IOException>(exception.InnerException);
        Assert.Equal(rows, _session.Scalar("SELECT COUNT(*) FROM T"));
    }

    [Theory]
    [InlineData(FaultKind.WarehouseSuspended, "000606 57P03")]
    [InlineData(FaultKind.LockTimeout, "000625 57014")]
    [InlineData(FaultKind.Cancelled, "000604 57014")]
    public void A_statement_fails_once_and_the_session_goes_on(FaultKind kind, string code)
    {
        _server.AddFault(new Fault(kind));
        Assert.Equal(code, _session.Refused("INSERT INTO T VALUES (1)").Code);
        Assert.Equal(1, _session.Run("INSERT INTO T VALUES (1)"));
    }

    [Fact]
    public async Task A_statement_that_hangs_ends_when_it_is_cancelled_and_does_nothing()
    {
        _server.AddFault(new Fault(FaultKind.Hang));
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await using var command = _session.Command("INSERT INTO T VALUES (1)");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command.ExecuteNonQueryAsync(source.Token));
        Assert.Empty(_session.Rows("SELECT * FROM T"));
    }

    [Fact]
    public async Task A_statement_that_hangs_ends_with_its_session()
    {
        _server.AddFault(new Fault(FaultKind.Hang));
        var hanging = Task.Run(() => _session.Run("INSERT INTO T VALUES (1)"), TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        _session.Dispose();
        Assert.Equal(604, (await Assert.ThrowsAnyAsync<DbException>(() => hanging)).ErrorCode);
        using var other = new TestSession(_server);
        Assert.Empty(other.Rows("SELECT * FROM T"));
    }

    public void Dispose()
    {
        _session.Dispose();
        _server.Dispose();
    }
}
