using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>What <c>pipeline.yml</c> may say of integrity.</summary>
public sealed class IntegrityConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string ConfigPath => Path.Combine(_folder.Path, "pipeline.yml");

    /// <summary>Queries that are more than one SELECT, or would do more than read tables, and a word of the reason.</summary>
    public static TheoryData<string, string> RefusedQueries => new()
    {
        { "DELETE FROM LOYALTY.MASTER", "no SELECT" },
        { "-- SELECT\nDROP TABLE LOYALTY.MASTER", "no SELECT" },
        { "/* only a remark */", "no SELECT" },
        { ";", "no SELECT" },
        { "SELECT 1; DELETE FROM LOYALTY.MASTER", "no SELECT" },
        { "SELECT 1; SELECT 2;", "more than one statement" },
        { "SELECT 1 -- remark\r; DELETE FROM LOYALTY.HISTORY; SELECT 1 AS N --", "no SELECT" },
        { "SELECT $é$ '$é$ AS A; COPY LOYALTY.MASTER TO 'x.csv'; SELECT ' $é$ AS B", "cannot be parsed" },
        { "SELECT 1) AS q; DROP TABLE LOYALTY.MASTER; SELECT * FROM (SELECT 1", "cannot be parsed" },
        { "SELECT 1) UNION (SELECT 2", "cannot be parsed" },
        { "SELECT 1) AS a, (SELECT 2", "cannot be parsed" },
        { "SELECT (1", "cannot be parsed" },
        { "SELECT 'one", "cannot be parsed" },
        { "SELECT 1 /* no end", "cannot be parsed" },
        { "SELECT FROM WHERE", "cannot be parsed" },
        { "SELECT 1; -- more", "cannot stand in parentheses" },
        { "WITH A AS (INSERT INTO LOYALTY.MASTER (USER_ID) VALUES (1) RETURNING *) SELECT * FROM A", "cannot be parsed" },
        { "SELECT nextval('S')", "nextval does not only read" },
        { "SELECT S.NEXTVAL", "NEXTVAL does not only read" },
        { "SELECT SYSTEM$CANCEL_ALL_QUERIES(1)", "does not only read" },
        { "SELECT current_setting('s3_secret_access_key')", "current_setting does not only read" },
        { "SELECT json_serialize_plan('SELECT * FROM read_csv(''x'')')", "json_serialize_plan does not only read" },
        { "SELECT * FROM checkpoint()", "reads from checkpoint" },
        { "SELECT * FROM \"Force_Checkpoint\"()", "reads from " },
        { "SELECT * FROM read_csv('/etc/passwd')", "reads from read_csv" },
        { "SELECT (SELECT COUNT(*) FROM glob('/*')) AS N", "reads from glob" },
        { "WITH A AS (SELECT * FROM read_text('x')) SELECT 1", "reads from read_text" },
        { "SELECT * FROM query('DROP TABLE LOYALTY.MASTER')", "reads from query" },
        { "SELECT * FROM duckdb_secrets()", "reads from duckdb_secrets" },
        { "SELECT 1 AS N ORDER BY (SELECT COUNT(*) FROM duckdb_settings())", "reads from duckdb_settings" },
        { "SHOW TABLES", "lists of the engine" },
        { "SELECT * FROM (DESCRIBE LOYALTY.MASTER)", "lists of the engine" },
        { "SELECT ? AS N", "has a parameter" },
        { "SELECT $1 AS N", "has a parameter" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(RefusedQueries))]
    public void A_query_that_is_more_than_a_SELECT_of_tables_is_refused(string query, string reason)
    {
        var error = Assert.Throws<LoyaltyException>(() => Read(OwnCheck(query)));

        Assert.Equal("ConfigInvalid", error.ErrorId);
        Assert.Contains("the check mine cannot be used", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains($"{ConfigPath} line 4", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("  select 1 ; ;\n")]
    [InlineData("(SELECT 1)")]
    [InlineData("FROM T")]
    [InlineData("WITH A AS (SELECT ')' AS B) SELECT * FROM A")]
    [InlineData("SELECT 'it''s; (' AS A -- that; (was it")]
    [InlineData("SELECT $$it's ;($$ AS A, $t$ $$ ' $t$ AS B")]
    [InlineData("/* first ( ' ; */ SELECT \"odd ;(\"\" name\" FROM T")]
    [InlineData("SELECT 1 /* one /* another */ */")]
    [InlineData(@"SELECT 'C:\temp\' AS A")]
    [InlineData("SELECT CHECKPOINT_DAY FROM T")]
    [InlineData(
        "WITH RECURSIVE R AS (SELECT 1 AS N UNION ALL SELECT N + 1 FROM R WHERE N < 5) SELECT N FROM R, range(3), unnest([1, 2]), generate_series(1, 2)")]
    [InlineData(
        "SELECT A, COUNT(*) FILTER (WHERE B > 1), SUM(C) OVER (PARTITION BY A ORDER BY B DESC NULLS LAST), CASE WHEN A IN (1, 2) THEN CAST(B AS DECIMAL(3, 1)) END FROM S.T AS t LEFT JOIN (VALUES (1, 2)) AS v(A, B) USING (A) WHERE A BETWEEN 1 AND 2 AND EXISTS (SELECT 1 FROM U WHERE U.A = t.A) GROUP BY ROLLUP (A) HAVING COUNT(*) > 1 QUALIFY ROW_NUMBER() OVER (ORDER BY A) = 1 ORDER BY A DESC LIMIT 10 OFFSET 1")]
    [InlineData(
        "SELECT DISTINCT A::DATE - INTERVAL '1 day', B COLLATE NOCASE, list_transform([1], x -> x + 1), [y FOR y IN [1]], {'a': 1}, DATE '2026-01-01' FROM T EXCEPT SELECT 1, 2, 3, 4, 5, 6 UNION ALL SELECT * FROM U PIVOT (SUM(B) FOR A IN (1, 2))")]
    [InlineData("SELECT A FROM T TABLESAMPLE 10% GROUP BY ALL")]
    public void A_query_that_only_reads_tables_is_taken(string query)
    {
        var own = Assert.Single(Read(OwnCheck(query)).OwnChecks);

        Assert.StartsWith(query.TrimEnd(' ', ';', '\n'), own.Query.Text, StringComparison.Ordinal);
        Assert.EndsWith("\n", own.Query.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var settings = Read("""
            integrity:
              checks:
                loyalty.master.account_type.not_null: {warn: 10, error: 2.5%}
                LOYALTY.MASTER.unique: {enabled: false}
                DW_A.USER_ACTIVITY.volume: {error: none}
              own_checks:
                paying_users:
                  description: has paid without an account
                  query: SELECT USER_ID FROM LOYALTY.MASTER
                  suite: history
                  table: loyalty.master
                  warn: 0
                  error: 1%
                  timeout_seconds: 5
                plain: {description: is odd, query: SELECT 1}
              holidays: [2026-12-25]
              anomalies: {threshold: 3.5, minimum_days: 30, window_days: 60, month_ends: false}
              calendar: {days: 10, weekdays_only: true, may_be_missing: [2026-12-25, 2026-12-31]}
            """);

        var strange = settings.Checks["LOYALTY.MASTER.ACCOUNT_TYPE.not_null"];
        Assert.True(strange.IsEnabled);
        Assert.Equal("warn > 10, error > 2.5%", strange.Change(CheckThreshold.FailsOnAny).ToString());
        Assert.False(settings.Checks["loyalty.master.unique"].IsEnabled);
        Assert.Equal(
            "warn > 0", settings.Checks["dw_a.user_activity.VOLUME"].Change(new CheckThreshold(RowLimit.None, RowLimit.None)).ToString());
        Assert.Equal(
            ["own.paying_users|has paid without an account|History|LOYALTY.MASTER|warn > 0, error > 1%|5",
                "own.plain|is odd|Master||error > 0|60"],
            settings.OwnChecks.Select(
                own => $"{own.Id}|{own.Description}|{own.Suite}|{own.Table}|{own.Threshold}|{own.Timeout.TotalSeconds}"));
        Assert.Equal(
            (3.5, 30, 60, false),
            (settings.Anomalies.Threshold, settings.Anomalies.MinimumDays, settings.Anomalies.WindowDays, settings.Anomalies.HasMonthEnds));
        Assert.Equal([new DateOnly(2026, 12, 25)], settings.Anomalies.Holidays);
        Assert.Equal((10, true), (settings.Calendar.Days, settings.Calendar.WeekdaysOnly));
        // A Thursday, the Friday that may be missing, a weekend, a Monday.
        Assert.Equal(
            [true, false, false, false, true],
            Enumerable.Range(24, 5).Select(day => settings.Calendar.IsExpected(new DateOnly(2026, 12, day))));
    }

    [Theory]
    [InlineData("checks: {LOYALTY.MASTER.uniqe: {enabled: false}}", "LOYALTY.MASTER.uniqe")]
    [InlineData("checks: {LOYALTY.MASTER.unique: {error: a lot}}", "'a lot' is no limit")]
    [InlineData("checks: {LOYALTY.MASTER.unique: {error: 101%}}", "'101%' is no limit")]
    [InlineData("checks: {LOYALTY.MASTER.unique: {error: -1}}", "'-1' is no limit")]
    [InlineData("checks: {LOYALTY.MASTER.unique: {level: 1}}", "unknown key 'level'")]
    [InlineData("own_checks: {my check: {description: a, query: SELECT 1}}", "'my check' is no name")]
    [InlineData("own_checks: {mine: {query: SELECT 1}}", "'description' is missing")]
    [InlineData("own_checks: {mine: {description: a}}", "'query' is missing")]
    [InlineData("own_checks: {mine: {description: a, query: SELECT 1, table: NOWHERE}}", "'NOWHERE' is no table")]
    [InlineData("own_checks: {mine: {description: a, query: SELECT 1, suite: Best}}", "Best")]
    [InlineData("own_checks: {mine: {description: a, query: SELECT 1, error: 1%}}", "names no table")]
    [InlineData("own_checks: {mine: {description: a, query: SELECT 1, timeout_seconds: 0}}", "'0' is no number above 0")]
    [InlineData("calendar: {days: many}", "'many' is no number")]
    [InlineData("calendar: {may_be_missing: [25.12.2026]}", "'25.12.2026' is no day")]
    [InlineData("holidays: [Christmas]", "'Christmas' is no day")]
    [InlineData("anomalies: {threshold: high}", "'high' is no number")]
    [InlineData("anomalies: {threshold: 0}", "'0' is no number above 0")]
    [InlineData("anomalies: {minimum_days: 5}", "too few")]
    [InlineData("anomalies: {minimum_days: 90, window_days: 60}", "at least as many as the 90")]
    [InlineData("anomalies: {treshold: 3}", "unknown key 'treshold'")]
    [InlineData("anomalys: {}", "unknown key 'anomalys'")]
    public void What_cannot_be_meant_is_refused(string text, string reason)
    {
        var error = Assert.Throws<LoyaltyException>(() => Read($"integrity:\n  {text}\n"));

        Assert.Equal("ConfigInvalid", error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(ConfigPath, error.Message, StringComparison.Ordinal);
    }

    private static string OwnCheck(string query) =>
        $"integrity:\n  own_checks:\n    mine:\n      query: \"{Escaped(query)}\"\n      description: is odd\n";

    private static string Escaped(string query) =>
        query.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);

    private IntegritySettings Read(string text)
    {
        File.WriteAllText(ConfigPath, text);
        return PipelineLoader.Load(Repository.SqlFolder, ConfigPath).Config.Integrity;
    }
}
