using System.Globalization;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Conformance;

/// <summary>What features rely on, of every engine.</summary>
public sealed class WarehouseContractTests
{
    public static TheoryData<string> Engines => EngineWarehouse.All;

    private const string Things = "LOYALTY.THING";

    private static readonly (string Name, string Type, object?[] Values)[] Columns =
    [
        ("ID", "BIGINT", [1L, 2L, long.MaxValue]),
        ("COUNT_OF", "INTEGER", [int.MinValue, null, 7]),
        ("AMOUNT", "DECIMAL(18,2)", [10.50m, null, -9999999999999999.99m]),
        ("NAME", "VARCHAR", ["it's \"quoted\",\n%_\\ and 😀", null, ""]),
        ("FLAG", "BOOLEAN", [true, null, false]),
        ("DAY", "DATE", [new DateOnly(1, 1, 1), null, new DateOnly(9999, 12, 31)]),
        (
            "MOMENT", "TIMESTAMP",
            [new DateTime(2024, 2, 29, 23, 59, 59, DateTimeKind.Utc).AddMicroseconds(999999), null,
                new DateTime(1, 1, 1, 0, 0, 0, DateTimeKind.Utc)]),
    ];

    private static CancellationToken Token => EngineWarehouse.Token;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Values_of_every_type_come_back_as_they_were_bound(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await using var session = await OpenAsync(test);

        await FillAsync(session);

        var rows = await session.ListAsync(
            $"SELECT * FROM {Things} ORDER BY ID", [], reader => Enumerable.Range(0, Columns.Length).Select(reader.ValueAt).ToList(),
            Token);
        for (var row = 0; row < 3; row++)
            Assert.Equal(Columns.Select(column => Convert(column.Values[row])), rows[row].Select(Convert));
        Assert.Equal(
            Columns.Select(column => column.Name),
            await session.ListAsync(
                $"SELECT * FROM {Things} WHERE ID = 1", [],
                reader => Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList(), Token) is [var names] ? names : []);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_schema_says_what_was_declared(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await using var session = await OpenAsync(test);

        var shape = (await SchemaReader.ReadAsync(session, Token))[Things];

        foreach (var column in Columns)
        {
            Assert.True(ColumnType.TryParse(column.Type, out var type));
            Assert.True(session.Dialect.IsStoredAs(type, shape.Columns[column.Name]), $"{column.Name} is {shape.Columns[column.Name]}");
            Assert.True(session.Dialect.Holds(type, shape.Columns[column.Name]));
        }

        Assert.False(session.Dialect.Holds(new ColumnType(DataType.Decimal, 18, 3), shape.Columns["AMOUNT"]));
        Assert.False(session.Dialect.Holds(new ColumnType(DataType.BigInt), shape.Columns["AMOUNT"]));
        Assert.False(session.Dialect.Holds(new ColumnType(DataType.Date), shape.Columns["MOMENT"]));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Statements_say_how_many_rows_they_changed(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await using var session = await OpenAsync(test);

        Assert.Equal(3, await FillAsync(session));
        Assert.Equal(2, await session.ExecuteAsync($"UPDATE {Things} SET NAME = ? WHERE ID <= ?", ["other", 2], Token));
        Assert.Equal(0, await session.ExecuteAsync($"UPDATE {Things} SET NAME = 'none' WHERE ID = 99", Token));
        Assert.Equal(1, await session.ExecuteAsync($"DELETE FROM {Things} WHERE NAME = ? AND FLAG IS NULL", ["other"], Token));
        Assert.Equal(2, await session.CountAsync($"SELECT COUNT(*) FROM {Things}", Token));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_transaction_is_seen_by_others_whole_or_not_at_all(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await using var session = await OpenAsync(test);
        const string count = $"SELECT COUNT(*) FROM {Things}";

        await session.BeginAsync(Token);
        await FillAsync(session);
        Assert.Equal(["0"], await test.RowsAsync(count));
        await session.RollbackAsync();
        Assert.Equal(0, await session.CountAsync(count, Token));

        await session.BeginAsync(Token);
        await FillAsync(session);
        await session.CommitAsync(Token);
        Assert.Equal(["3"], await test.RowsAsync(count));
        // There is none any more.
        await session.RollbackAsync();
        Assert.Equal(["3"], await test.RowsAsync(count));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_is_not_committed_ends_with_its_session(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await using (var session = await OpenAsync(test))
        {
            await session.BeginAsync(Token);
            await FillAsync(session);
        }

        Assert.Equal(["0"], await test.RowsAsync($"SELECT COUNT(*) FROM {Things}"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_transaction_for_reading_leaves_nothing(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await using var session = await OpenAsync(test);

        await session.BeginReadAsync(Token);
        Assert.Equal(0, await session.CountAsync($"SELECT COUNT(*) FROM {Things}", Token));
        await session.RollbackAsync();

        await FillAsync(session);
        Assert.Equal(["3"], await test.RowsAsync($"SELECT COUNT(*) FROM {Things}"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Temporary_tables_belong_to_one_session(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await using var session = await OpenAsync(test);
        await using var other = await test.Warehouse.OpenSessionAsync(Token);

        await session.ExecuteAsync("CREATE OR REPLACE TEMPORARY TABLE MINE AS SELECT 1 AS N", Token);
        await session.ExecuteAsync("CREATE OR REPLACE TEMPORARY TABLE MINE AS SELECT 2 AS N", Token);

        Assert.Equal(2, await session.CountAsync("SELECT N FROM MINE", Token));
        Assert.Equal(
            "QueryFailed", (await Assert.ThrowsAsync<LoyaltyException>(() => other.CountAsync("SELECT N FROM MINE", Token))).ErrorId);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_refused_statement_is_an_error_of_the_catalogue_and_the_session_goes_on(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await using var session = await OpenAsync(test);

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => session.ExecuteAsync("DELETE FROM LOYALTY.NOTHING", Token));

        Assert.Equal(LoyaltyErrors.QueryFailed, error.Definition);
        Assert.Contains("NOTHING", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3, await FillAsync(session));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_query_is_cancelled_within_seconds_and_the_session_goes_on(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await using var session = await OpenAsync(test);
        await session.ExecuteAsync("CREATE OR REPLACE TEMPORARY TABLE DIGIT (N INTEGER)", Token);
        await session.ExecuteAsync("INSERT INTO DIGIT VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)", Token);
        var digits = string.Join(
            " CROSS JOIN ", Enumerable.Range(0, 13).Select(index => string.Create(CultureInfo.InvariantCulture, $"DIGIT AS d{index}")));
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(500));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => session.ListAsync($"SELECT SUM(d0.N * d1.N + d2.N) FROM {digits}", [], reader => reader.LongAt(0), cancellation.Token));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"It took {clock.Elapsed}.");
        Assert.Equal(10, await session.CountAsync("SELECT COUNT(*) FROM DIGIT", Token));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Rows_go_into_a_file_and_back(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await using var session = await OpenAsync(test);
        using var folder = new TemporaryFolder();
        await FillAsync(session);
        var path = Path.Combine(folder.Path, "things.csv.gz");
        var before = await EngineWarehouse.RowsAsync(session, $"SELECT * FROM {Things} ORDER BY ID");

        Assert.Equal(3, await session.UnloadAsync($"SELECT * FROM {Things} ORDER BY ID", UnloadFormat.Loadable, path, Token));
        await session.ExecuteAsync($"DELETE FROM {Things}", Token);
        Assert.Equal(3, await session.LoadAsync(Things, [.. Columns.Select(column => column.Name)], path, Token));

        Assert.Equal(before, await EngineWarehouse.RowsAsync(session, $"SELECT * FROM {Things} ORDER BY ID"));
    }

    [Theory]
    [InlineData(FileFormat.Csv)]
    [InlineData(FileFormat.JsonLines)]
    [InlineData(FileFormat.Parquet)]
    public async Task Files_of_both_engines_are_equal_byte_by_byte(FileFormat format)
    {
        using var folder = new TemporaryFolder();
        var files = new List<byte[]>();
        foreach (var engine in new[] { DuckDbDialect.Name, SnowflakeDialect.Name })
        {
            await using var test = await EngineWarehouse.CreateAsync(engine);
            await using var session = await OpenAsync(test);
            await FillAsync(session);
            var path = Path.Combine(folder.Path, engine);
            var moment = format == FileFormat.Parquet ? "CAST(MOMENT AS TIMESTAMPTZ)" : "MOMENT";
            Assert.Equal(3, await session.UnloadAsync(
                $"SELECT ID, COUNT_OF, AMOUNT, NAME, FLAG, DAY, {moment} AS MOMENT FROM {Things} ORDER BY ID",
                new UnloadFormat(format, FileCompression.None, @"\N", [.. Columns.Select(column => column.Type)]),
                path,
                Token));
            files.Add(await File.ReadAllBytesAsync(path, Token));
        }

        Assert.NotEmpty(files[0]);
        Assert.Equal(files[0], files[1]);
    }

    private static async Task<IWarehouseSession> OpenAsync(EngineWarehouse test)
    {
        var session = await test.Warehouse.OpenSessionAsync(Token);
        await session.ExecuteAsync("CREATE SCHEMA IF NOT EXISTS LOYALTY", Token);
        var columns = Columns.Select(
            column => ColumnType.TryParse(column.Type, out var type)
                ? $"{column.Name} {session.Dialect.TypeName(type)}"
                : throw new InvalidOperationException(column.Type));
        await session.ExecuteAsync($"CREATE TABLE IF NOT EXISTS {Things} ({SqlText.List(columns)})", Token);
        return session;
    }

    private static async Task<long> FillAsync(IWarehouseSession session)
    {
        var row = $"({SqlText.List(Columns.Select(_ => "?"))})";
        return await session.ExecuteAsync(
            $"INSERT INTO {Things} ({SqlText.List(Columns.Select(column => column.Name))}) VALUES {row}, {row}, {row}",
            [.. Enumerable.Range(0, 3).SelectMany(index => Columns.Select(column => column.Values[index]))], Token);
    }

    // Engines count in several widths.
    private static object? Convert(object? value) =>
        value is int or long or System.Numerics.BigInteger or decimal
            ? System.Convert.ToString(value, CultureInfo.InvariantCulture)
            : value;
}
