using LoyaltyPipeline.SnowflakeSupport;
using LoyaltyPipeline.SnowflakeSupport.Faults;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SnowflakeServers;

/// <summary>The server speaks Snowflake's protocol.</summary>
[Trait("Group", "TestSupport")]
public sealed class WireTests : IAsyncLifetime
{
    private readonly SnowflakeServer _server = new();
    private WireClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _client = new WireClient(await _server.ListenAsync(TimeSpan.FromSeconds(1)));
        var login = await _client.LoginAsync(_server.Account, _server.User, _server.Password);
        Assert.True(login.GetProperty("success").GetBoolean());
        Assert.Equal("ANALYTICS", login.GetProperty("data").GetProperty("sessionInfo").GetProperty("databaseName").GetString());
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        var reply = await _client.LoginAsync(_server.Account, _server.User, "wrong");
        Assert.False(reply.GetProperty("success").GetBoolean());
        Assert.Equal("390100", reply.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Values_are_sent_as_snowflake_sends_them()
    {
        var reply = await _client.QueryAsync(
            "SELECT CAST(10.5 AS NUMBER(10, 2)) AS A, TRUE AS B, DATE '1970-01-11' AS C, TIMESTAMP '1970-01-01 00:00:01.5' AS D, 'x' AS E, NULL AS F, ? AS G, ? AS H, ? AS I, ? AS J",
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["1"] = new { type = "DATE", value = "864000000" },
                ["2"] = new { type = "TIMESTAMP_NTZ", value = "1500000000" },
                ["3"] = new { type = "BOOLEAN", value = "True" },
                ["4"] = new { type = "FIXED", value = (string?)null },
            });
        var data = reply.GetProperty("data");
        Assert.Equal(
            ["10.50", "1", "10", "1.500000000", "x", null, "10", "1.500000000", "1", null],
            data.GetProperty("rowset")[0].EnumerateArray().Select(value => value.GetString()));
        Assert.Equal(
            ["fixed", "boolean", "date", "timestamp_ntz", "text"],
            data.GetProperty("rowtype").EnumerateArray().Take(5).Select(type => type.GetProperty("type").GetString()));
        Assert.Equal(
            (10, 2),
            (
                data.GetProperty("rowtype")[0].GetProperty("precision").GetInt32(),
                data.GetProperty("rowtype")[0].GetProperty("scale").GetInt32()));
        Assert.Equal(0x1000, data.GetProperty("statementTypeId").GetInt32());
        Assert.Equal("json", data.GetProperty("queryResultFormat").GetString());
    }

    [Theory]
    [InlineData("CREATE TABLE U (ID BIGINT)", 0x6000)]
    [InlineData("INSERT INTO T VALUES (1)", 0x3100)]
    [InlineData("UPDATE T SET ID = 2", 0x3200)]
    [InlineData("DELETE FROM T", 0x3300)]
    [InlineData("MERGE INTO T USING (SELECT 1 AS ID) AS S ON T.ID = S.ID WHEN NOT MATCHED THEN INSERT (ID) VALUES (S.ID)", 0x3400)]
    [InlineData("COPY INTO T FROM @~/nothing", 0x3600)]
    [InlineData("COPY INTO @~/out/ FROM T", 0x3700)]
    [InlineData("ALTER SESSION SET QUERY_TAG = 'x'", 0x4100)]
    [InlineData("USE SCHEMA PUBLIC", 0x4300)]
    [InlineData("SHOW TABLES", 0x4400)]
    [InlineData("BEGIN", 0x8101)]
    [InlineData("COMMIT", 0x8103)]
    public async Task A_statement_tells_what_it_was(string sql, int type)
    {
        await _client.QueryAsync("CREATE TABLE T (ID BIGINT)");
        Assert.Equal(type, (await _client.QueryAsync(sql)).GetProperty("data").GetProperty("statementTypeId").GetInt32());
    }

    [Fact]
    public async Task An_error_is_a_reply_with_code_state_and_query_id()
    {
        var reply = await _client.QueryAsync("SELECT * FROM NOWHERE");
        Assert.False(reply.GetProperty("success").GetBoolean());
        Assert.Equal("002003", reply.GetProperty("code").GetString());
        Assert.Equal("42S02", reply.GetProperty("data").GetProperty("sqlState").GetString());
        Assert.Equal(_server.Statements[^1].QueryId, reply.GetProperty("data").GetProperty("queryId").GetString());
    }

    [Fact]
    public async Task Several_statements_have_a_result_each()
    {
        var reply = await _client.QueryAsync(
            "CREATE TABLE T (ID BIGINT); INSERT INTO T VALUES (1), (2)", parameters: new { MULTI_STATEMENT_COUNT = "2" });
        var ids = reply.GetProperty("data").GetProperty("resultIds").GetString()!.Split(',');
        Assert.Equal(2, ids.Length);
        var second = await _client.GetAsync($"/queries/{ids[1]}/result");
        Assert.Equal("2", second.GetProperty("data").GetProperty("rowset")[0][0].GetString());
    }

    [Fact]
    public async Task A_request_can_be_compressed()
    {
        var reply = await _client.PostAsync("/queries/v1/query-request?requestId=1", new { sqlText = "SELECT 7" }, compresses: true);
        Assert.Equal("7", reply.GetProperty("data").GetProperty("rowset")[0][0].GetString());
    }

    [Fact]
    public async Task A_long_statement_is_asked_for_again_and_can_be_aborted()
    {
        _server.AddFault(new Fault(FaultKind.Hang));
        var reply = await _client.QueryAsync("SELECT 1", requestId: "mine");
        Assert.Equal("333333", reply.GetProperty("code").GetString());
        var url = reply.GetProperty("data").GetProperty("getResultUrl").GetString()!;
        Assert.True((await _client.PostAsync("/queries/v1/abort-request", new { requestId = "mine" })).GetProperty("success").GetBoolean());
        Assert.Equal("000604", (await _client.GetAsync(url)).GetProperty("code").GetString());
        Assert.Equal(
            "000605", (await _client.PostAsync("/queries/v1/abort-request", new { requestId = "mine" })).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_statement_can_run_on_by_itself()
    {
        var reply = await _client.QueryAsync("SELECT 5", isAsync: true);
        var id = reply.GetProperty("data").GetProperty("queryId").GetString()!;
        Assert.Equal("5", (await _client.GetAsync($"/queries/{id}/result")).GetProperty("data").GetProperty("rowset")[0][0].GetString());
        var status = await _client.GetAsync($"/monitoring/queries/{id}");
        Assert.Equal("SUCCESS", status.GetProperty("data").GetProperty("queries")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_expired_token_is_renewed_and_the_session_lives_on()
    {
        await _client.QueryAsync("CREATE TEMPORARY TABLE T AS SELECT 1 AS ID");
        await _client.QueryAsync("BEGIN");
        await _client.QueryAsync("UPDATE T SET ID = 2");
        _server.AddFault(new Fault(FaultKind.SessionExpired));
        Assert.Equal("390112", (await _client.QueryAsync("SELECT * FROM T")).GetProperty("code").GetString());
        Assert.Equal("390112", (await _client.QueryAsync("SELECT * FROM T")).GetProperty("code").GetString());
        var renewed = await _client.PostAsync(
            "/session/token-request", new { oldSessionToken = _client.Token, requestType = "RENEW" }, token: _client.MasterToken);
        _client.Token = renewed.GetProperty("data").GetProperty("sessionToken").GetString()!;
        Assert.Equal("2", (await _client.QueryAsync("SELECT * FROM T")).GetProperty("data").GetProperty("rowset")[0][0].GetString());
    }

    [Fact]
    public async Task A_cut_network_breaks_the_connection()
    {
        _server.AddFault(new Fault(FaultKind.NetworkCutBefore));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _client.QueryAsync("SELECT 1"));
        Assert.True((await _client.QueryAsync("SELECT 1")).GetProperty("success").GetBoolean());
    }

    [Theory]
    [InlineData(FaultKind.NetworkCutBefore)]
    [InlineData(FaultKind.NetworkCutAfter)]
    public async Task Who_got_no_answer_and_asks_again_under_the_same_id_gets_what_was_run_once(FaultKind kind)
    {
        await _client.QueryAsync("CREATE TABLE T (A INTEGER)");
        _server.AddFault(new Fault(kind) { TextContains = "INSERT" });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _client.QueryAsync("INSERT INTO T VALUES (1)", requestId: "mine"));

        Assert.Equal(
            "1",
            (await _client.QueryAsync("INSERT INTO T VALUES (1)", requestId: "mine")).GetProperty("data")
                .GetProperty("rowset")[0][0].GetString());
        Assert.Equal("1", (await _client.QueryAsync("SELECT COUNT(*) FROM T")).GetProperty("data").GetProperty("rowset")[0][0].GetString());
    }

    [Fact]
    public async Task The_driver_copies_files_itself()
    {
        var data = (await _client.QueryAsync(
            "PUT file:///tmp/rows.csv.gz @~/in AUTO_COMPRESS = FALSE SOURCE_COMPRESSION = GZIP")).GetProperty("data");
        Assert.Equal(
            ("UPLOAD", "/tmp/rows.csv.gz"), (data.GetProperty("command").GetString(), data.GetProperty("src_locations")[0].GetString()));
        var stage = data.GetProperty("stageInfo");
        Assert.Equal("LOCAL_FS", stage.GetProperty("locationType").GetString());
        await File.WriteAllTextAsync(
            Path.Combine(stage.GetProperty("location").GetString()!, "rows.csv"), "1\n", TestContext.Current.CancellationToken);
        Assert.Equal("in/rows.csv", (await _client.QueryAsync("LIST @~/in")).GetProperty("data").GetProperty("rowset")[0][0].GetString());
        data = (await _client.QueryAsync("GET @~/in file:///tmp/back")).GetProperty("data");
        Assert.Equal(
            ("DOWNLOAD", "rows.csv", "/tmp/back"),
            (
                data.GetProperty("command").GetString(), data.GetProperty("src_locations")[0].GetString(),
                data.GetProperty("localLocation").GetString()));
    }

    [Fact]
    public async Task A_session_ends_when_it_is_deleted()
    {
        Assert.True((await _client.PostAsync("/session/heartbeat", new { })).GetProperty("success").GetBoolean());
        Assert.True((await _client.PostAsync("/telemetry/send", new { logs = Array.Empty<string>() })).GetProperty("success").GetBoolean());
        await _client.PostAsync("/session?delete=true", new { });
        Assert.Equal("390111", (await _client.QueryAsync("SELECT 1")).GetProperty("code").GetString());
        Assert.Equal(0, _server.SessionCount);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _server.Dispose();
        return ValueTask.CompletedTask;
    }
}
