using LoyaltyPipeline.SnowflakeSupport;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SnowflakeServers;

/// <summary>The server keeps the rules in which Snowflake differs from DuckDB.</summary>
[Trait("Group", "TestSupport")]
public sealed class SnowflakeRuleTests : IDisposable
{
    private readonly SnowflakeServer _server = new();
    private readonly TestSession _session;

    public SnowflakeRuleTests() => _session = new TestSession(_server);

    [Fact]
    public void A_query_is_explained_and_not_run()
    {
        _session.Run("CREATE TABLE EXPLAINED (V VARCHAR)");
        _session.Run("INSERT INTO EXPLAINED VALUES ('x')");
        Assert.Equal(["content"], _session.Columns("EXPLAIN USING TEXT SELECT CAST(V AS INTEGER) FROM EXPLAINED"));
        Assert.Equal("operation", _session.Columns("EXPLAIN SELECT V FROM EXPLAINED")[3]);
        Assert.Equal("002003 42S02", _session.Refused("EXPLAIN USING TEXT SELECT * FROM NOWHERE").Code);
        Assert.Equal("000904 42000", _session.Refused("EXPLAIN SELECT W FROM EXPLAINED").Code);
        Assert.Equal("001003 42000", _session.Refused("EXPLAIN ANALYZE SELECT V FROM EXPLAINED").Code);
        Assert.Equal("001003 42000", _session.Refused("EXPLAIN USING").Code);
    }

    [Fact]
    public void Ddl_commits_the_open_transaction()
    {
        _session.Run("CREATE TABLE T (ID BIGINT)");
        _session.Run("BEGIN");
        _session.Run("INSERT INTO T VALUES (1)");
        _session.Run("CREATE TABLE U (ID BIGINT)");
        _session.Run("ROLLBACK");
        Assert.Equal(["1"], _session.Rows("SELECT ID FROM T"));
    }

    [Fact]
    public void A_rollback_undoes_dml()
    {
        _session.Run("CREATE TABLE T AS SELECT 1 AS ID");
        _session.Run("BEGIN TRANSACTION");
        _session.Run("UPDATE T SET ID = 2");
        _session.Run("ROLLBACK");
        Assert.Equal(["1"], _session.Rows("SELECT ID FROM T"));
    }

    [Fact]
    public void A_statement_that_fails_leaves_those_before_it_in_the_transaction()
    {
        _session.Run("CREATE TABLE T (ID BIGINT NOT NULL)");
        _session.Run("BEGIN");
        _session.Run("INSERT INTO T VALUES (1)");
        Assert.Equal("100072 22000", _session.Refused("INSERT INTO T SELECT * FROM VALUES (2), (NULL)").Code);
        _session.Run("INSERT INTO T VALUES (3)");
        _session.Run("COMMIT");
        Assert.Equal(["1", "3"], _session.Rows("SELECT ID FROM T ORDER BY ID"));
    }

    [Fact]
    public void A_statement_sees_what_others_have_committed_before_it()
    {
        using var other = new TestSession(_server);
        _session.Run("CREATE TABLE T (ID BIGINT)");
        _session.Run("CREATE TABLE U (ID BIGINT)");
        _session.Run("BEGIN");
        Assert.Empty(_session.Rows("SELECT ID FROM T"));
        other.Run("INSERT INTO T VALUES (1)");
        Assert.Equal(["1"], _session.Rows("SELECT ID FROM T"));
        _session.Run("INSERT INTO U VALUES (7)");
        other.Run("INSERT INTO T VALUES (2)");
        Assert.Equal(["1", "2"], _session.Rows("SELECT ID FROM T ORDER BY ID"));
        Assert.Empty(other.Rows("SELECT ID FROM U"));
        _session.Run("COMMIT");
        Assert.Equal(["7"], other.Rows("SELECT ID FROM U"));
    }

    [Fact]
    public void Names_fold_to_upper_case()
    {
        _session.Run("create table orders (order_id bigint, \"Mixed\" varchar)");
        Assert.Equal(
            ["ORDER_ID", "Mixed", "COUNT(*)", "N"],
            _session.Columns("select order_id, \"Mixed\", count(*), 1 as n from orders group by all"));
        Assert.Equal(
            ["ORDER_ID", "Mixed"],
            _session.Rows("SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'ORDERS' ORDER BY ORDINAL_POSITION"));
    }

    [Fact]
    public void Types_are_called_as_snowflake_calls_them()
    {
        _session.Run(
            "CREATE TABLE T (A NUMBER(10, 2), B NUMBER, C INTEGER, D STRING, E TIMESTAMP_NTZ(9), F BOOLEAN, G DATE, H DOUBLE, I DECIMAL NOT NULL, J VARIANT)");
        Assert.Equal(
            [
                "A|NUMBER|10|2|YES", "B|NUMBER|38|0|YES", "C|NUMBER|38|0|YES", "D|TEXT|NULL|NULL|YES", "E|TIMESTAMP_NTZ|NULL|NULL|YES",
                "F|BOOLEAN|NULL|NULL|YES",
                "G|DATE|NULL|NULL|YES", "H|FLOAT|NULL|NULL|YES", "I|NUMBER|38|0|NO", "J|VARIANT|NULL|NULL|YES",
            ],
            _session.Rows(
                "SELECT COLUMN_NAME, DATA_TYPE, NUMERIC_PRECISION, NUMERIC_SCALE, IS_NULLABLE FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'T' ORDER BY ORDINAL_POSITION"));
    }

    [Fact]
    public void Several_databases_are_one_account()
    {
        _server.CreateDatabase("DW");
        _session.Run("CREATE SCHEMA DW.A");
        _session.Run("USE SCHEMA ANALYTICS.PUBLIC");
        _session.Run("CREATE TABLE DW.A.T AS SELECT 5 AS ID");
        _session.Run("CREATE TABLE T AS SELECT 6 AS ID");
        Assert.Equal(["5|6"], _session.Rows("SELECT DW.A.T.ID, X.ID FROM DW.A.T, T AS X"));
        _session.Run("CREATE VIEW DW.A.V AS SELECT * FROM T");
        Assert.Equal(["5"], _session.Rows("SELECT * FROM DW.A.V"));
        _session.Run("USE DW.A");
        Assert.Equal(["5|DW|A"], _session.Rows("SELECT ID, CURRENT_DATABASE(), CURRENT_SCHEMA() FROM T"));
        Assert.Equal("002003 02000", _session.Refused("USE DATABASE NOWHERE").Code);
    }

    [Fact]
    public void A_temporary_table_hides_a_permanent_one_in_its_session_only()
    {
        using var other = new TestSession(_server);
        _session.Run("CREATE TABLE T AS SELECT 1 AS ID");
        _session.Run("CREATE TEMPORARY TABLE T AS SELECT ID + 1 AS ID FROM T");
        Assert.Equal(["2"], _session.Rows("SELECT ID FROM T"));
        Assert.Equal(["1"], other.Rows("SELECT ID FROM T"));
        _session.Run("DROP TABLE T");
        Assert.Equal(["1"], _session.Rows("SELECT ID FROM T"));
        _session.Run("CREATE OR REPLACE TEMPORARY TABLE ONLY_HERE (ID BIGINT)");
        Assert.Equal("002003 42S02", other.Refused("SELECT * FROM ONLY_HERE").Code);
    }

    [Fact]
    public void Two_source_rows_for_one_target_row_fail_a_merge_and_leave_nothing()
    {
        _session.Run("CREATE TABLE T AS SELECT * FROM VALUES (1, 'a'), (2, 'b') AS V (ID, V)");
        const string Merge = "MERGE INTO T USING (SELECT * FROM VALUES (1, 'x'), (1, 'y'), (3, 'z') AS S (ID, V)) AS S ON T.ID = S.ID ";
        Assert.Equal(
            "100090 42P18",
            _session.Refused(Merge + "WHEN MATCHED THEN UPDATE SET V = S.V WHEN NOT MATCHED THEN INSERT (ID, V) VALUES (S.ID, S.V)").Code);
        Assert.Equal(["1|a", "2|b"], _session.Rows("SELECT * FROM T ORDER BY ID"));
        // A condition that only one of the rows meets makes it sure again, and so does deleting.
        Assert.Equal(1, _session.Run(Merge + "WHEN MATCHED AND S.V = 'y' THEN UPDATE SET V = S.V"));
        Assert.Equal(1, _session.Run(Merge + "WHEN MATCHED THEN DELETE"));
        Assert.Equal(["2|b"], _session.Rows("SELECT * FROM T"));
        _session.Run("ALTER SESSION SET ERROR_ON_NONDETERMINISTIC_MERGE = FALSE");
    }

    [Fact]
    public void A_merge_counts_inserted_updated_and_deleted_rows()
    {
        _session.Run("CREATE TABLE T AS SELECT * FROM VALUES (1, 'a'), (2, 'b'), (3, 'c') AS V (ID, V)");
        const string Merge = """
            MERGE INTO T USING (SELECT ID, V FROM VALUES (1, 'x'), (2, 'drop'), (9, 'new') AS S (ID, V) QUALIFY ROW_NUMBER() OVER (PARTITION BY ID ORDER BY V) = 1) S ON T.ID = S.ID
            WHEN MATCHED AND S.V = 'drop' THEN DELETE WHEN MATCHED THEN UPDATE SET V = S.V WHEN NOT MATCHED THEN INSERT (ID, V) VALUES (S.ID, S.V)
            """;
        using var command = _session.Command(Merge);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal(
            ["number of rows inserted", "number of rows updated", "number of rows deleted"],
            Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
        Assert.Equal([1L, 1L, 1L], Enumerable.Range(0, 3).Select(reader.GetInt64));
        Assert.Equal(3, reader.RecordsAffected);
        Assert.Equal(["1|x", "3|c", "9|new"], _session.Rows("SELECT * FROM T ORDER BY ID"));
    }

    [Fact]
    public void An_update_from_several_rows_is_counted_or_refused_as_the_session_says()
    {
        _session.Run("CREATE TABLE T AS SELECT 1 AS ID, 'a' AS V");
        const string Update = "UPDATE T SET V = S.V FROM (SELECT * FROM VALUES (1, 'x'), (1, 'y') AS S (ID, V)) AS S WHERE T.ID = S.ID";
        using (var command = _session.Command(Update))
        using (var reader = command.ExecuteReader())
        {
            Assert.True(reader.Read());
            Assert.Equal((1L, 1L), (reader.GetInt64(0), reader.GetInt64(1)));
        }

        _session.Run("ALTER SESSION SET ERROR_ON_NONDETERMINISTIC_UPDATE = TRUE");
        Assert.Equal("100090 42P18", _session.Refused(Update).Code);
    }

    [Fact]
    public void Keys_are_not_enforced_and_not_null_is()
    {
        _session.Run(
            "CREATE TABLE T (ID BIGINT, V VARCHAR UNIQUE, W VARCHAR DEFAULT 'w', CONSTRAINT PK PRIMARY KEY (ID)) CLUSTER BY (ID) COMMENT = 'of tests'");
        Assert.Equal(2, _session.Run("INSERT INTO T (ID, V) VALUES (1, 'a'), (1, 'a')"));
        Assert.Equal(["1|w", "1|w"], _session.Rows("SELECT ID, W FROM T"));
        Assert.Equal("100072 22000", _session.Refused("INSERT INTO T (V) VALUES ('b')").Code);
    }

    [Fact]
    public void Lengths_of_texts_are_enforced()
    {
        _session.Run("CREATE TABLE T (V VARCHAR(3), W VARCHAR)");
        Assert.Equal(1, _session.Run("INSERT INTO T VALUES ('abc', 'abcd')"));
        Assert.Equal("100078 22000", _session.Refused("INSERT INTO T VALUES ('abcd', 'a')").Code);
    }

    [Fact]
    public void Null_is_the_largest_value()
    {
        const string Values = "SELECT COLUMN1 FROM VALUES (2), (NULL), (1) ORDER BY 1";
        Assert.Equal(["1", "2", "NULL"], _session.Rows(Values));
        Assert.Equal(["NULL", "2", "1"], _session.Rows(Values + " DESC"));
    }

    [Theory]
    [InlineData("SELECT CONCAT('a', NULL)", "NULL")]
    [InlineData("SELECT GREATEST(1, NULL, 3)", "NULL")]
    [InlineData("SELECT LEAST(1, 2)", "1")]
    [InlineData("SELECT SHA2('abc', 256)", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("SELECT IFF(1 > 0, 'y', 'n') || NVL(NULL, 'z')", "yz")]
    [InlineData("SELECT 'a\\'b' || $$c'd$$ // a comment", "a'bc'd")]
    [InlineData("SELECT DATEDIFF(day, DATE '2025-01-01', DATE '2025-03-01')", "59")]
    [InlineData("SELECT 1 MINUS SELECT 2", "1")]
    [InlineData("SELECT CAST('12' AS NUMBER(38, 0))::VARCHAR", "12")]
    [InlineData("SELECT TO_VARCHAR(TIMESTAMP '2025-03-01 04:05:06', 'YYYY-MM-DD\"T\"HH24:MI:SS')", "2025-03-01T04:05:06")]
    [InlineData("SELECT HASH('a') = HASH('a')", "True")]
    [InlineData(
        "SELECT SUM(X) FROM (SELECT HASH(COLUMN1) < 0 AND 1 = 1 AS B, 1 AS X FROM VALUES ('a'), ('b'), ('c'), ('d'), ('e'), ('f'), ('g'), ('h'), ('i'), ('j')) WHERE B HAVING SUM(X) > 0 AND SUM(X) < 10", null)]
    public void Functions_mean_what_they_mean_in_snowflake(string sql, string? expected)
    {
        var row = Assert.Single(_session.Rows(sql));
        if (expected is not null)
            Assert.Equal(expected, row);
    }

    [Fact]
    public void Several_statements_need_their_count()
    {
        Assert.Equal("000008 0A000", _session.Refused("SELECT 1; SELECT 2").Code);
        using var command = _session.Command("CREATE TABLE T (ID BIGINT); INSERT INTO T VALUES (1), (2); SELECT COUNT(*) FROM T");
        var count = command.CreateParameter();
        (count.ParameterName, count.DbType, count.Value) = ("MULTI_STATEMENT_COUNT", System.Data.DbType.Int16, 3);
        command.Parameters.Add(count);
        using var reader = command.ExecuteReader();
        Assert.True(reader.NextResult());
        Assert.Equal(2, reader.RecordsAffected);
        Assert.True(reader.NextResult());
        Assert.True(reader.Read());
        Assert.Equal(2L, reader.GetValue(0));
        Assert.False(reader.NextResult());
    }

    [Fact]
    public void An_earlier_result_can_be_queried()
    {
        _session.Run("SELECT 4 AS A, 'x' AS B");
        Assert.Equal(["4|x"], _session.Rows("SELECT * FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))"));
    }

    [Fact]
    public void Every_statement_is_recorded_with_its_tag_and_binds()
    {
        _session.Run("ALTER SESSION SET QUERY_TAG = 'run 7'");
        _session.Run("SELECT ?", 12);
        var last = _server.Statements[^1];
        Assert.Equal(("SELECT ?", "run 7", "FIXED", "12"), (last.Text, last.QueryTag, last.Binds[0].Type, last.Binds[0].Value));
    }

    public void Dispose()
    {
        _session.Dispose();
        _server.Dispose();
    }
}
