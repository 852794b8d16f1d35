using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Integrity.Configuration;
using LoyaltyPipeline.Core.Tests.Samples;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>What <c>pipeline.yml</c> may say of integrity.</summary>
public sealed class IntegrityConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string ConfigPath => Path.Combine(_folder.Path, "pipeline.yml");

    /// <summary>Queries that would not just read, or not stay in the parentheses round them, and a word of the reason.</summary>
    public static TheoryData<string, string> RefusedQueries => new()
    {
        { "DELETE FROM LOYALTY.MASTER", "SELECT or WITH" },
        { "-- SELECT\nDROP TABLE LOYALTY.MASTER", "SELECT or WITH" },
        { "(SELECT 1)", "SELECT or WITH" },
        { "/* only a remark */", "SELECT or WITH" },
        { ";", "SELECT or WITH" },
        { "SELECT 1; DELETE FROM LOYALTY.MASTER", "more than one statement" },
        { "SELECT 1; SELECT 2;", "more than one statement" },
        { "SELECT 1) AS q; DROP TABLE LOYALTY.MASTER; SELECT (1", "closes a parenthesis" },
        { "SELECT 1) UNION (SELECT 2", "closes a parenthesis" },
        { "SELECT (1", "not closed" },
        { "SELECT 'one", "not closed" },
        { "SELECT \"one", "not closed" },
        { "SELECT 1 /* no end", "comment is not closed" },
        { "SELECT 1 /* one /* another */ */", "another one in it" },
        { "SELECT $$one", "not closed" },
        { "SELECT $a$one$b$", "not closed" },
        { @"SELECT 'it\'s'", "backslash" },
        { @"SELECT 'a\', ');' AS B", "backslash" },
        { "SELECT nextval('S')", "does not only read" },
        { "SELECT S.NEXTVAL", "does not only read" },
        { "SELECT * FROM checkpoint()", "does not only read" },
        { "SELECT * FROM \"Force_Checkpoint\"()", "does not only read" },
        { "SELECT setseed(0.5)", "does not only read" },
        { "SELECT SYSTEM$CANCEL_ALL_QUERIES(1)", "does not only read" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(RefusedQueries))]
    public void A_query_that_does_not_just_read_is_refused(string query, string reason)
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
    [InlineData("WITH A AS (SELECT ')' AS B) SELECT * FROM A")]
    [InlineData("SELECT 'it''s; (' AS A -- that; (was it")]
    [InlineData("SELECT $$it's ;($$ AS A, $t$ $$ ' $t$ AS B")]
    [InlineData("/* first ( ' ; */ SELECT \"odd ;(\"\" name\" FROM T")]
    [InlineData(@"SELECT 'C:\temp\\' AS A")]
    [InlineData("SELECT CHECKPOINT_DAY FROM T")]
    public void A_query_that_only_reads_is_taken(string query)
    {
        var own = Assert.Single(Read(OwnCheck(query)).OwnChecks);

        Assert.StartsWith(query.TrimEnd(' ', ';', '\n').TrimStart(), own.Query, StringComparison.Ordinal);
        Assert.EndsWith("\n", own.Query, StringComparison.Ordinal);
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
        Assert.Equal("warn > 0", settings.Checks["dw_a.user_activity.VOLUME"].Change(new CheckThreshold(CheckLimit.None, CheckLimit.None)).ToString());
        Assert.Equal(
            ["own.paying_users|has paid without an account|History|LOYALTY.MASTER|warn > 0, error > 1%|5", "own.plain|is odd|Master||error > 0|60"],
            settings.OwnChecks.Select(own => $"{own.Id}|{own.Description}|{own.Suite}|{own.Table}|{own.Threshold}|{own.Timeout.TotalSeconds}"));
        Assert.Equal((3.5, 30, 60, false), (settings.Anomalies.Threshold, settings.Anomalies.MinimumDays, settings.Anomalies.WindowDays, settings.Anomalies.HasMonthEnds));
        Assert.Equal([new DateOnly(2026, 12, 25)], settings.Anomalies.Holidays);
        Assert.Equal((10, true), (settings.Calendar.Days, settings.Calendar.WeekdaysOnly));
        // A Thursday, the Friday that may be missing, a weekend, a Monday.
        Assert.Equal([true, false, false, false, true], Enumerable.Range(24, 5).Select(day => settings.Calendar.IsExpected(new DateOnly(2026, 12, day))));
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

    private static string OwnCheck(string query) => $"integrity:\n  own_checks:\n    mine:\n      query: \"{Escaped(query)}\"\n      description: is odd\n";

    private static string Escaped(string query) => query.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private IntegritySettings Read(string text)
    {
        File.WriteAllText(ConfigPath, text);
        return PipelineDefinition.Load(Repository.SqlFolder, ConfigPath).Config.Integrity;
    }
}
