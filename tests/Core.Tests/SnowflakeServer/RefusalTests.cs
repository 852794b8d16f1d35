using LoyaltyPipeline.SnowflakeSupport;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SnowflakeServers;

/// <summary>The server refuses what DuckDB would run and Snowflake would not.</summary>
[Trait("Group", "TestSupport")]
public sealed class RefusalTests : IDisposable
{
    private readonly SnowflakeServer _server = new();
    private readonly TestSession _session;

    public RefusalTests()
    {
        _session = new TestSession(_server);
        _session.Run("CREATE TABLE T (ID BIGINT, V VARCHAR, D DATE)");
        _session.Run("CREATE TABLE S (ID BIGINT, V VARCHAR)");
    }

    [Theory]
    [InlineData("FROM T")]
    [InlineData("SELECT * FROM range(3)", "002140 42601")]
    [InlineData("SELECT * FROM 'file.csv'")]
    [InlineData("SELECT * FROM read_csv('file.csv')", "002140 42601")]
    [InlineData("COPY T TO 'file.csv'")]
    [InlineData("PRAGMA version")]
    [InlineData("ATTACH 'x.duckdb' AS x")]
    [InlineData("SUMMARIZE T")]
    [InlineData("SELECT SUM(ID) FILTER (WHERE ID > 1) FROM T")]
    [InlineData("SELECT DISTINCT ON (ID) * FROM T")]
    [InlineData("SELECT * FROM T ANTI JOIN S ON T.ID = S.ID")]
    [InlineData("SELECT * FROM T SEMI JOIN S ON T.ID = S.ID")]
    [InlineData("SELECT * FROM T POSITIONAL JOIN S")]
    [InlineData("SELECT SHA256(V) FROM T", "002140 42601")]
    [InlineData("SELECT STRFTIME(D, '%Y') FROM T", "002140 42601")]
    [InlineData("SELECT LIST(ID) FROM T", "002140 42601")]
    [InlineData("SELECT EPOCH_MS(D) FROM T", "002140 42601")]
    [InlineData("SELECT ID ** 2 FROM T")]
    [InlineData("SELECT * FROM T WHERE V ~ 'a'")]
    [InlineData("SELECT * FROM T WHERE ID == 1")]
    [InlineData("SELECT ID FROM T EXCEPT ALL SELECT ID FROM S")]
    [InlineData("SELECT D + INTERVAL 1 DAY FROM T")]
    [InlineData("SELECT CAST(ID AS HUGEINT) FROM T", "002040 42601")]
    [InlineData("SELECT ID::UBIGINT FROM T", "002040 42601")]
    [InlineData("SELECT COLUMNS('I.*') FROM T")]
    [InlineData("SELECT SUM(ID) OVER W FROM T WINDOW W AS (ORDER BY ID)")]
    [InlineData("SELECT * FROM T USING SAMPLE 10")]
    [InlineData("INSERT INTO T VALUES (1, 'a', NULL) ON CONFLICT DO NOTHING")]
    [InlineData("INSERT OR REPLACE INTO T VALUES (1, 'a', NULL)")]
    [InlineData("INSERT INTO T DEFAULT VALUES")]
    [InlineData("INSERT INTO T (ID) VALUES (1) RETURNING ID")]
    [InlineData("DELETE FROM T RETURNING ID")]
    [InlineData("WITH X AS (SELECT 1 AS ID) INSERT INTO T (ID) SELECT ID FROM X")]
    [InlineData("WITH X AS (SELECT 1 AS ID) DELETE FROM T USING X WHERE T.ID = X.ID")]
    [InlineData("MERGE INTO T USING S ON T.ID = S.ID WHEN NOT MATCHED BY SOURCE THEN DELETE")]
    [InlineData("MERGE INTO T USING S ON T.ID = S.ID WHEN NOT MATCHED BY TARGET THEN INSERT (ID) VALUES (S.ID)")]
    [InlineData("MERGE INTO T USING S ON T.ID = S.ID WHEN MATCHED THEN DO NOTHING")]
    [InlineData("MERGE INTO T USING S ON T.ID = S.ID WHEN MATCHED THEN UPDATE")]
    [InlineData("MERGE INTO T USING S ON T.ID = S.ID WHEN NOT MATCHED THEN INSERT *")]
    [InlineData("MERGE INTO T USING S ON T.ID = S.ID WHEN NOT MATCHED THEN UPDATE SET V = S.V")]
    [InlineData("CREATE TABLE U (ID HUGEINT)", "002040 42601")]
    [InlineData("CREATE TABLE U (ID BIGINT[])")]
    [InlineData("CREATE TABLE U (ID BIGINT CHECK (ID > 0))")]
    [InlineData("CREATE TABLE U AS FROM T")]
    [InlineData("CREATE MACRO M(A) AS A + 1")]
    [InlineData("CREATE INDEX I ON T (ID)")]
    [InlineData("SELECT * FROM NOWHERE", "002003 42S02")]
    [InlineData("SELECT NOTHING FROM T", "000904 42000")]
    [InlineData("SELECT NO_SUCH(ID) FROM T", "002140 42601")]
    [InlineData("CREATE TABLE T (ID BIGINT)", "002002 42710")]
    [InlineData("CREATE TABLE NOWHERE.U (ID BIGINT)", "002003 02000")]
    [InlineData("DROP TABLE NOWHERE", "002003 42S02")]
    [InlineData("SELECT CAST('x' AS NUMBER(10, 0))", "100038 22018")]
    [InlineData("SELECT CAST('x' AS DATE)", "100040 22007")]
    [InlineData("ALTER SESSION SET NO_SUCH_PARAMETER = 1", "002211 02000")]
    [InlineData("SELEC 1")]
    [InlineData("SELECT (1")]
    [InlineData("SELECT 'open")]
    public void What_snowflake_refuses_is_refused(string sql, string code = "001003 42000") =>
        Assert.Equal(code, _session.Refused(sql).Code);

    [Theory]
    [InlineData("SELECT V, COUNT(*) FROM T GROUP BY ALL ORDER BY ALL")]
    [InlineData("SELECT * EXCLUDE (V) FROM T")]
    [InlineData("SELECT * REPLACE (1 AS ID) FROM T")]
    [InlineData("SELECT ID, ROW_NUMBER() OVER (PARTITION BY V ORDER BY ID) AS N FROM T QUALIFY N = 1")]
    [InlineData("SELECT COUNT_IF(ID > 1), MAX_BY(V, ID), MEDIAN(ID), ANY_VALUE(V) FROM T")]
    [InlineData("SELECT CAST(D + INTERVAL '1 day' AS DATE) FROM T WHERE D IS NOT DISTINCT FROM DATE '2025-01-01'")]
    [InlineData("SELECT EXTRACT(YEAR FROM D), TRIM(BOTH ' ' FROM X.V) FROM T, S AS X WHERE T.ID = X.ID")]
    [InlineData("WITH T AS (SELECT * FROM T), U (A, B) AS (SELECT ID, V FROM S) SELECT A FROM T JOIN U ON T.ID = U.A")]
    [InlineData("SELECT * FROM (T JOIN S USING (ID))")]
    [InlineData("INSERT INTO T (ID) WITH X AS (SELECT 1 AS ID) SELECT ID FROM X")]
    [InlineData("DELETE FROM T USING S WHERE T.ID = S.ID")]
    [InlineData("UPDATE T SET V = S.V FROM S WHERE T.ID = S.ID")]
    [InlineData("CREATE OR REPLACE VIEW W (A) COMMENT = 'of tests' AS SELECT ID FROM T")]
    [InlineData("ALTER TABLE T ADD COLUMN IF NOT EXISTS E BIGINT, F VARCHAR")]
    [InlineData("ALTER TABLE T ADD COLUMN E VARCHAR(10) NOT NULL")]
    [InlineData("ALTER SESSION SET QUERY_TAG = 'x', STATEMENT_TIMEOUT_IN_SECONDS = 60")]
    [InlineData("CREATE ROLE READERS")]
    [InlineData("GRANT SELECT ON ALL TABLES IN SCHEMA ANALYTICS.PUBLIC TO ROLE READERS")]
    [InlineData("SHOW TABLES LIKE 'T%' IN SCHEMA ANALYTICS.PUBLIC")]
    [InlineData("DESCRIBE TABLE T")]
    [InlineData("SELECT TABLE_NAME FROM ANALYTICS.INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'")]
    public void What_snowflake_takes_is_taken(string sql) => _session.Run(sql);

    [Fact]
    public void An_error_says_where_the_text_went_wrong()
    {
        var (_, message) = _session.Refused("SELECT *\nFROM T ANTI JOIN S ON T.ID = S.ID");
        Assert.Contains("SQL compilation error:\nsyntax error line 2 at position 7 unexpected 'ANTI'.", message, StringComparison.Ordinal);
        Assert.Contains(
            "Object 'NOWHERE' does not exist or not authorized.", _session.Refused("SELECT * FROM NOWHERE").Message,
            StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _session.Dispose();
        _server.Dispose();
    }
}
