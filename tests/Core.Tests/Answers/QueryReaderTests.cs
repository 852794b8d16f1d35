using System.Numerics;
using LoyaltyPipeline.Core.Answers;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Tests.Conformance;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Answers;

/// <summary>Queries that users write, on both engines.</summary>
public sealed class QueryReaderTests
{
    private static readonly DateOnly Day = new(2024, 3, 31);

    public static TheoryData<string> Engines => EngineWarehouse.All;

    private static CancellationToken Token => EngineWarehouse.Token;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Rows_have_the_types_that_scripts_reckon_with(string engine)
    {
        await using var test = await CreateAsync(engine);

        var rows = await ReadAsync(
            test,
            """
            SELECT USER_ID, ENGAGEMENT_SCORE, SIGNED_UP_AT, ENGAGEMENT_SCORE_DATE, MARKETING_CONSENT, EMAIL, PHONE, COUNT(*) OVER () AS N
            FROM LOYALTY.MASTER
            WHERE USER_ID = 1
            """);

        var row = Assert.Single(rows);
        Assert.Equal(
            ["USER_ID", "ENGAGEMENT_SCORE", "SIGNED_UP_AT", "ENGAGEMENT_SCORE_DATE", "MARKETING_CONSENT", "EMAIL", "PHONE", "N"],
            row.Names);
        Assert.Equal(
            [1L, 50.5m, new DateTime(2023, 1, 1, 12, 30, 0), new DateTime(2024, 3, 30), true, "one@example.com", null, 1L],
            row.Values.Select(value => value is decimal number ? number / 1.0000000m : value));
        Assert.Equal(DateTimeKind.Utc, ((DateTime)row.Values[2]!).Kind);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Tables_of_the_warehouse_need_no_schema_and_sources_are_read_too(string engine)
    {
        await using var test = await CreateAsync(engine);

        Assert.Equal(
            ["1|1", "2|2"],
            await SaidAsync(
                test, "SELECT m.USER_ID, p.USER_ID AS P FROM MASTER AS m JOIN DW_A.USER_PROFILE AS p ON p.USER_ID = m.USER_ID ORDER BY 1"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Values_are_bound_and_never_part_of_the_text(string engine)
    {
        await using var test = await CreateAsync(engine);
        await test.ExecuteAsync("UPDATE LOYALTY.MASTER SET FULL_NAME = 'x'' OR ''1'' = ''1' WHERE USER_ID = 2");

        Assert.Equal(
            ["2"], await SaidAsync(test, "SELECT USER_ID FROM MASTER WHERE FULL_NAME =@name", ("name", "x' OR '1' = '1")));
        Assert.Empty(await SaidAsync(test, "SELECT USER_ID FROM MASTER WHERE EMAIL = @name -- @none", ("NAME", "x' OR '1' = '1")));
        Assert.Equal(
            ["1|@a", "2|@a"],
            await SaidAsync(
                test,
                "SELECT USER_ID, '@a' AS A FROM MASTER WHERE USER_ID IN (@ids) AND @flag AND MARKETING_CONSENT = @flag ORDER BY USER_ID",
                ("ids", new object[] { 2, 1L, 7 }), ("flag", true)));
        Assert.Empty(await SaidAsync(test, "SELECT USER_ID FROM MASTER WHERE USER_ID IN (@ids)", ("ids", Array.Empty<object>())));
        Assert.Equal(
            ["1"],
            await SaidAsync(
                test,
                "SELECT USER_ID FROM MASTER WHERE ENGAGEMENT_SCORE_DATE = @day AND ENGAGEMENT_SCORE > @score AND SIGNED_UP_AT < @time",
                ("day", new DateOnly(2024, 3, 30)), ("score", 50.4m), ("time", new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc))));
    }

    [Theory]
    [InlineData("SELECT @a", new string[0], "The query has a parameter @a, at line 1, column 8, and -Parameter gives it no value.")]
    [InlineData(
        "SELECT 1,\n  @a + @b", new[] { "A" }, "The query has a parameter @b, at line 2, column 8, and -Parameter gives it no value.")]
    [InlineData(
        "SELECT /* /* */ @a */ x@a, E'\\'@a'", new[] { "a" }, "-Parameter gives a value to a, and the query has no parameter @a.")]
    [InlineData("SELECT '@a'", new[] { "a" }, "-Parameter gives a value to a, and the query has no parameter @a.")]
    public void Parameters_and_values_must_fit(string text, string[] names, string message)
    {
        var values = names.ToDictionary(name => name, _ => (object?)1, StringComparer.OrdinalIgnoreCase);

        var error = Assert.Throws<LoyaltyException>(() => AskedQuery.Read(text, values));

        Assert.Equal((LoyaltyErrors.QueryParameterInvalid, message), (error.Definition, error.Message));
    }

    [Theory]
    [InlineData("SELECT $1")]
    [InlineData("SELECT ?")]
    [InlineData("SELECT $name")]
    [InlineData("SELECT @a, $1")]
    public void What_is_no_parameter_of_ours_is_refused(string text)
    {
        var values = text.Contains("@a", StringComparison.Ordinal)
            ? new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["a"] = 1 }
            : [];

        Assert.Equal(LoyaltyErrors.QueryRefused, Assert.Throws<LoyaltyException>(() => AskedQuery.Read(text, values)).Definition);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task As_of_a_day_History_stands_in_the_place_of_Master(string engine)
    {
        await using var test = await CreateAsync(engine);
        await test.ExecuteAsync("DELETE FROM DW_A.USER_PROFILE WHERE USER_ID = 2");
        await MergeAsync(test, Day.AddDays(2));
        string[] queries =
        [
            "SELECT USER_ID FROM MASTER ORDER BY 1",
            "SELECT MASTER.USER_ID FROM LOYALTY.MASTER ORDER BY 1",
            "SELECT LOYALTY.MASTER.USER_ID FROM LOYALTY . MASTER WHERE loyalty.master.USER_ID > 0 ORDER BY 1",
            "SELECT m.USER_ID FROM loyalty.master m ORDER BY 1",
            "SELECT USER_ID FROM MASTER AS a WHERE EXISTS (SELECT 1 FROM MASTER AS b WHERE b.USER_ID = a.USER_ID + @zero) ORDER BY 1",
            "WITH NEWEST AS (SELECT * FROM MASTER) SELECT USER_ID FROM NEWEST ORDER BY 1",
        ];

        foreach (var query in queries)
        {
            (string, object?)[] values = query.Contains("@zero", StringComparison.Ordinal) ? [("zero", 0)] : [];
            Assert.Equal(["1"], await SaidAsync(test, query, values));
            Assert.Equal(["1", "2"], await SaidAsync(test, query, Day, values));
            Assert.Equal(["1", "2"], await SaidAsync(test, query, Day.AddDays(1), values));
            Assert.Equal(["1"], await SaidAsync(test, query, Day.AddDays(2), values));
        }

        Assert.Equal(LoyaltyErrors.DayNotWritten, (await FailureAsync(test, queries[0], Day.AddDays(-1))).Definition);
        Assert.Equal(
            ["7"],
            await SaidAsync(
                test, "WITH MASTER AS (SELECT 7 AS N) SELECT MASTER.N FROM MASTER, LOYALTY.MASTER AS m WHERE m.USER_ID = 1", Day));
    }

    [Theory]
    [InlineData("SELECT USER_ID FROM HISTORY")]
    [InlineData("WITH MASTER AS (SELECT 1 AS N) SELECT N FROM MASTER")]
    [InlineData("TABLE MASTER")]
    [InlineData("SELECT USER_ID FROM LOYALTY./* of today */MASTER")]
    public async Task Where_History_finds_no_place_the_query_is_refused(string query)
    {
        await using var test = await CreateAsync(EngineWarehouse.All.First().Data);

        Assert.Equal(LoyaltyErrors.QueryRefused, (await FailureAsync(test, query, Day)).Definition);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Nothing_but_tables_is_read_and_nothing_written(string engine)
    {
        await using var test = await CreateAsync(engine);
        string[] queries =
        [
            "DELETE FROM LOYALTY.MASTER", "SELECT 1; DELETE FROM LOYALTY.MASTER", "WITH a AS (SELECT 1) DELETE FROM LOYALTY.MASTER",
            "SET threads = 1", "PRAGMA version", "CALL pragma_version()", "COPY LOYALTY.MASTER TO 'x.csv'", "CREATE TABLE T AS SELECT 1",
            "ATTACH 'x.duckdb'", "INSTALL httpfs", "SELECT * FROM read_csv('x.csv')", "SELECT * FROM 'x.csv'",
            "SELECT * FROM duckdb_settings()", "SELECT getenv('HOME')", "SELECT nextval('s')", "EXPLAIN SELECT 1", "DESCRIBE MASTER",
            "SELECT * FROM information_schema.tables", "SELECT * FROM NO_SUCH_TABLE", "SELECT SYSTEM$WAIT(1)", string.Empty, "-- nothing",
        ];

        foreach (var query in queries)
            Assert.True(await FailureAsync(test, query) is { Definition.Id: "QueryRefused" } failure, query);
        Assert.Equal(["2"], await test.RowsAsync("SELECT COUNT(*) FROM LOYALTY.MASTER"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_the_engine_says_against_a_query_has_its_place_and_no_value(string engine)
    {
        await using var test = await CreateAsync(engine);

        var lacks = await FailureAsync(test, "SELECT\n  @longer_name, NO_SUCH_COLUMN\nFROM MASTER", Day, ("longer_name", 1));
        var fails = await FailureAsync(test, "SELECT CAST(EMAIL AS INTEGER) AS N FROM MASTER WHERE EMAIL IS NOT NULL");

        Assert.Equal((LoyaltyErrors.QueryFailed, LoyaltyErrors.QueryFailed), (lacks.Definition, fails.Definition));
        Assert.Contains("NO_SUCH_COLUMN", lacks.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", $"{fails}", StringComparison.Ordinal);
        if (engine == "DuckDB")
            Assert.StartsWith("The query failed at line 2, column 17: Binder Error: ", lacks.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_is_that_of_the_text_as_it_was_written()
    {
        await using var test = await CreateAsync("DuckDB");
        var filler = string.Join(" + ", Enumerable.Repeat("USER_ID", 60));

        Assert.StartsWith(
            $"The query failed at line 1, column {$"SELECT {filler}, 'ö' AS o, ".Length + 1}: Binder Error: ",
            (await FailureAsync(test, $"SELECT {filler}, 'ö' AS o, m.NO_SUCH_COLUMN FROM MASTER AS m")).Message, StringComparison.Ordinal);
        Assert.Equal(
            "The query cannot be run: it cannot be parsed: syntax error at or near \"MASTER\", at line 2, column 11.",
            (await FailureAsync(test, "SELECT @ö\n  AS FRUM MASTER", values: ("ö", 1))).Message);
        Assert.Equal(
            "The query cannot be run: it cannot be parsed: syntax error near a literal, at line 1, column 32.",
            (await FailureAsync(test, "SELECT 1 FROM MASTER WHERE 'a' 'Jane Doe'")).Message);
    }

    /// <summary>What a query emits, a script gives back.</summary>
    public static TheoryData<object, object> Values => new()
    {
        { 18446744073709551615ul, 18446744073709551615m },
        { 7ul, 7L },
        { (Int128)(-7), -7L },
        { (UInt128)12345678901234567890, 12345678901234567890m },
        { new BigInteger(42), 42L },
        { BigInteger.Pow(2, 127) - 1, BigInteger.Pow(2, 127) - 1 },
        { -BigInteger.Pow(2, 127) + 1, -BigInteger.Pow(2, 127) + 1 },
        { new TimeSpan(1, 2, 30, 0, 0, 250), new TimeSpan(1, 2, 30, 0, 0, 250) },
        { new TimeSpan(-1, 0, 0), new TimeSpan(-1, 0, 0) },
        { new TimeOnly(23, 59, 58, 123, 456), new TimeSpan(0, 23, 59, 58, 123, 456) },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task A_value_of_any_type_that_columns_have_is_taken(object given, object emitted)
    {
        await using var test = await CreateAsync("DuckDB");

        var row = Assert.Single(await ReadAsync(test, Request("SELECT @v AS V", asOf: null, ("v", given)), Token));

        Assert.Equal([emitted], row.Values);
    }

    [Fact]
    public async Task Spans_and_times_of_day_are_reckoned_and_compared_with()
    {
        await using var test = await CreateAsync("DuckDB");

        Assert.Equal(
            ["True|True|True"],
            await SaidAsync(
                test,
                "SELECT TIMESTAMP '2026-01-02' - @span = TIMESTAMP '2026-01-01' AS A, INTERVAL 1 DAY = @span AS B, TIME '07:00' = @time AS C",
                ("span", TimeSpan.FromDays(1)), ("time", new TimeOnly(7, 0))));
    }

    [Fact]
    public async Task A_number_that_no_column_has_is_refused()
    {
        await using var test = await CreateAsync("DuckDB");

        var failure = await FailureAsync(test, "SELECT @n AS N", asOf: null, ("n", BigInteger.Pow(2, 127)));

        Assert.Equal(LoyaltyErrors.QueryParameterInvalid, failure.Definition);
        Assert.Contains("more than 128 bits", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_columns_of_one_name_the_first_keeps_it()
    {
        await using var test = await CreateAsync("DuckDB");

        var row = Assert.Single(await ReadAsync(test, "SELECT 1 AS a, 2 AS A, 3 AS a_1, 4 AS a, MAP {'x': 5, 'X': 6} AS s"));

        Assert.Equal(["a", "A_2", "a_1", "a_3", "s"], row.Names);
        Assert.Equal([1L, 2L, 3L, 4L], row.Values.Take(4));
        Assert.Equal(["x", "X_1"], Assert.IsType<QueryRow>(row.Values[4]).Names);
    }

    [Fact]
    public async Task Every_type_of_the_engine_is_read_or_refused_by_name()
    {
        await using var test = await CreateAsync("DuckDB");

        var row = Assert.Single(await ReadAsync(
            test,
            """
            SELECT 1::UTINYINT AS A, 9::HUGEINT AS B, 18446744073709551615::UBIGINT AS C,
                170141183460469231731687303715884105727::HUGEINT AS D, 0.1::FLOAT AS E, 1.5::DOUBLE AS F, TIME '12:00:01' AS G, TIMESTAMPTZ '2026-01-01 01:00:00+01' AS H, INTERVAL 1 DAY AS I,
                'ab'::BLOB AS J, [1, NULL, 2] AS K, [[1, NULL], NULL] AS L, {'n': 1, 'd': DATE '2026-01-02'} AS M, MAP {'k': 2} AS N,
                'infinity'::DATE AS O, 'c'::ENUM('c') AS P, '9f0c0c8e-6d0e-4b0a-9c0e-000000000001'::UUID AS Q
            """));

        var structure = Assert.IsType<QueryRow>(row.Values[12]);
        Assert.Equal(["n", "d"], structure.Names);
        Assert.Equal([1L, new DateTime(2026, 1, 2)], structure.Values);
        Assert.Equal([2L], Assert.IsType<QueryRow>(row.Values[13]).Values);
        Assert.Equal(
            [
                1L, 9L, 18446744073709551615m, System.Numerics.BigInteger.Parse("170141183460469231731687303715884105727", null), 0.1, 1.5,
                new TimeSpan(12, 0, 1), new DateTime(2026, 1, 1), TimeSpan.FromDays(1), "ab"u8.ToArray(), new object?[] { 1L, null, 2L },
                new object?[] { new object?[] { 1L, null }, null }, structure, row.Values[13], "infinity", "c",
                new Guid("9f0c0c8e-6d0e-4b0a-9c0e-000000000001"),
            ],
            row.Values);
        string[] beyond = ["INTERVAL 1 MONTH", "MAP {'k': NULL}", "99999999999999999999999999999999999999::DECIMAL(38,0)", "['infinity'::DATE]",
            "DATE '0044-03-15 (BC)'", "TIMESTAMP '10000-01-01'", "TIMETZ '12:00:00+05'", "row(1, 2)", "union_value(k := 2)"];
        foreach (var value in beyond)
        {
            var failure = await FailureAsync(test, $"SELECT {value} AS V");
            Assert.Matches("^The column V holds (a value|values) of (the|a) type .*that PowerShell cannot hold", failure.Message);
        }
    }

    [Theory]
    [InlineData("USER_ID IN (@ids)", 0)]
    [InlineData("USER_ID NOT IN ( @ids ) -- nobody", 3)]
    [InlineData("CAST(USER_ID AS VARCHAR) NOT IN (@ids); -- nobody", 3)]
    public async Task An_empty_list_has_nothing_in_it(string condition, int rows)
    {
        await using var test = await CreateAsync("DuckDB");
        var request = new QueryRequest(
            $"SELECT * FROM (VALUES (1), (2), (3)) AS t (USER_ID) WHERE {condition}",
            new Dictionary<string, object?> { ["ids"] = Array.Empty<object>() }, AsOf: null);

        var found = await new QueryReader(test.Pipeline)
            .ReadAsync(test.Warehouse, request, LockWait.None, test.Reporter, Token).CountAsync(Token);

        Assert.Equal(rows, found);
    }

    [Fact]
    public async Task An_empty_list_stands_nowhere_else()
    {
        await using var test = await CreateAsync("DuckDB");
        var request = new QueryRequest("SELECT 1 IN (2, @ids)", new Dictionary<string, object?> { ["ids"] = Array.Empty<object>() }, AsOf: null);

        var failure = await Assert.ThrowsAsync<LoyaltyException>(
            async () => await new QueryReader(test.Pipeline)
                .ReadAsync(test.Warehouse, request, LockWait.None, test.Reporter, Token).CountAsync(Token));

        Assert.Equal(LoyaltyErrors.QueryParameterInvalid, failure.Definition);
    }

    [Fact]
    public async Task Who_reads_no_further_ends_the_query()
    {
        await using var test = await CreateAsync("DuckDB");

        var first = await new QueryReader(test.Pipeline)
            .ReadAsync(test.Warehouse, Request("SELECT range AS N FROM range(1000000000000)"), LockWait.None, test.Reporter, Token)
            .FirstAsync(Token);

        Assert.Equal([0L], first.Values);
    }

    [Theory]
    [InlineData("SELECT COUNT(*) AS N FROM range(100000000) AS a, range(100000000) AS b WHERE (a.range * b.range) % 7 = 8")]
    [InlineData("SELECT a.range AS N FROM range(3) AS a, range(100000000000) AS b WHERE b.range = 0 OR b.range % 7 = 8")]
    public async Task A_query_that_is_cancelled_ends(string query)
    {
        await using var test = await CreateAsync("DuckDB");
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Token);
        impatient.CancelAfter(TimeSpan.FromSeconds(1));

        var watch = System.Diagnostics.Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await ReadAsync(test, Request(query), impatient.Token));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
        Assert.Equal(["1"], await SaidAsync(test, "SELECT 1 AS N"));
    }

    private static async Task<EngineWarehouse> CreateAsync(string engine)
    {
        var test = await EngineWarehouse.CreateAsync(engine);
        await test.InitializeAsync();
        await test.ExecuteAsync(
            """
            INSERT INTO DW_A.USER_PROFILE
                (USER_ID, EMAIL, REGION_CODE, ACCOUNT_TYPE, ACCOUNT_STATUS, MARKETING_CONSENT, SIGNED_UP_AT, UPDATED_AT)
            VALUES (1, 'one@example.com', 'EU', 'standard', 'active', TRUE, '2023-01-01 12:30:00', '2024-01-01'),
                (2, 'two@example.com', 'EU', 'standard', 'active', TRUE, '2023-01-01', '2024-01-01')
            """,
            "INSERT INTO DW_A.ENGAGEMENT_SCORE (USER_ID, SCORE_DATE, SCORE) VALUES (1, '2024-03-30', 50.5)");
        await MergeAsync(test, Day);
        return test;
    }

    private static Task<MergeResult> MergeAsync(EngineWarehouse test, DateOnly day) =>
        new MergeRunner(test.Pipeline).RunAsync(test.Warehouse, new MergeOptions(day) { Force = true }, test.Reporter, Token);

    private static QueryRequest Request(string text, DateOnly? asOf = null, params (string Name, object? Value)[] values) =>
        new(text, values.ToDictionary(value => value.Name, value => value.Value, StringComparer.OrdinalIgnoreCase), asOf);

    private static Task<List<QueryRow>> ReadAsync(EngineWarehouse test, string text) => ReadAsync(test, Request(text), Token);

    private static async Task<List<QueryRow>> ReadAsync(EngineWarehouse test, QueryRequest request, CancellationToken cancellationToken) =>
        await new QueryReader(test.Pipeline).ReadAsync(test.Warehouse, request, LockWait.None, test.Reporter, cancellationToken)
            .ToListAsync(cancellationToken);

    private static Task<IReadOnlyList<string>> SaidAsync(EngineWarehouse test, string text, params (string Name, object? Value)[] values) =>
        SaidAsync(test, text, asOf: null, values);

    private static async Task<IReadOnlyList<string>> SaidAsync(
        EngineWarehouse test, string text, DateOnly? asOf, params (string Name, object? Value)[] values) =>
        [.. (await ReadAsync(test, Request(text, asOf, values), Token)).Select(row => string.Join('|', row.Values))];

    private static Task<LoyaltyException> FailureAsync(
        EngineWarehouse test, string text, DateOnly? asOf = null, params (string Name, object? Value)[] values) =>
        Assert.ThrowsAsync<LoyaltyException>(() => ReadAsync(test, Request(text, asOf, values), Token));
}
