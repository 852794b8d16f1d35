using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Tests.Truth.Generators;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>What is written to DuckDB and read from it must not lose a microsecond, a null or an accent on the way.</summary>
[Trait("Group", "TestSupport")]
public sealed class StorageTests : IDisposable
{
    private readonly DuckDBConnection duckdb = new("DataSource=:memory:");

    public StorageTests()
    {
        duckdb.Open();
        Execute(PlainTables.Sources);
    }

    public void Dispose() => duckdb.Dispose();

    [Fact]
    public void Source_rows_come_back_as_they_were() => DirtySources.Check(
        dirty =>
        {
            SourceTables.Clear(duckdb);
            SourceTables.Write(duckdb, dirty.Sources);

            foreach (var source in SourceDefinitions.All)
                Assert.Equal(source.Cells(dirty.Sources) ?? [], Cells(source));
        },
        atLeast: 20,
        seconds: 2);

    [Fact]
    public void Columns_are_found_by_name_and_unknown_ones_stay_null()
    {
        Execute("""
            DROP TABLE DW_A.ENGAGEMENT_SCORE;
            CREATE TABLE DW_A.ENGAGEMENT_SCORE (note VARCHAR, score DECIMAL(5, 2), score_date DATE, user_id BIGINT);
            """);

        SourceTables.Write(duckdb, new() { EngagementScore = [Examples.Score("2024-03-01", 12.34m)] });

        Assert.Equal(
            1L,
            Scalar(
                "SELECT count(*) FROM DW_A.ENGAGEMENT_SCORE WHERE user_id = 7 AND score = 12.34 AND score_date = '2024-03-01' AND note IS NULL"));
    }

    [Fact]
    public void A_missing_source_leaves_its_table_alone()
    {
        SourceTables.Write(duckdb, new() { UserProfile = [Examples.Profile(7)] });
        SourceTables.Write(duckdb, new() { UserActivity = [Examples.Activity(1, "login")] });

        Assert.Equal(1L, Scalar("SELECT count(*) FROM DW_A.USER_PROFILE"));
    }

    [Fact]
    public void Master_comes_back_as_it_was()
    {
        Execute(PlainTables.Master);
        Execute("""
            INSERT INTO LOYALTY.MASTER (USER_ID, FULL_NAME, MARKETING_CONSENT, SIGNED_UP_AT, LOGINS_30D, PURCHASE_AMOUNT_TOTAL, ENGAGEMENT_SCORE_DATE)
            VALUES (9, NULL, NULL, NULL, NULL, NULL, NULL), (-7, 'Zoë 𝒜', false, '2024-03-31 23:59:59.999999', 3, 12.50, '2024-03-31')
            """);

        MasterRow[] expected =
        [
            new()
            {
                UserId = -7,
                FullName = "Zo\u00EB \U0001D49C",
                MarketingConsent = false,
                SignedUpAt = Moments.Time("2024-03-31 23:59:59.999999"),
                Logins30D = 3,
                PurchaseAmountTotal = 12.5m,
                EngagementScoreDate = Moments.Date("2024-03-31"),
            },
            new() { UserId = 9 },
        ];
        Assert.Null(MasterDifference.Describe(expected, MasterTable.Read(duckdb)));
    }

    [Fact]
    public void Every_column_of_master_is_read_from_its_own_name()
    {
        Execute(PlainTables.Master);
        foreach (var (name, type) in Columns("LOYALTY.MASTER").Skip(1))
        {
            var value = type switch
            {
                "Varchar" => "'x'",
                "Boolean" => "true",
                "Date" or "Timestamp" => "'2024-01-01'",
                _ => "1",
            };
            Execute($"DELETE FROM LOYALTY.MASTER; INSERT INTO LOYALTY.MASTER (USER_ID, {name}) VALUES (1, {value})");

            var row = Assert.Single(MasterTable.Read(duckdb));
            var filled = MasterColumn.All.Where(column => column.Cell(row) is not null).Select(column => column.Name);
            Assert.Equal(["USER_ID", name], filled, StringComparer.Ordinal);
        }
    }

    private List<object?[]> Cells(ISourceDefinition source)
    {
        using var command = duckdb.CreateCommand();
        command.CommandText = $"SELECT * FROM {source.Table} ORDER BY rowid";
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }

    private List<(string Name, string Type)> Columns(string table)
    {
        using var command = duckdb.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} LIMIT 0";
        using var reader = command.ExecuteReader();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.GetDataTypeName(i)))];
    }

    private object? Scalar(string query)
    {
        using var command = duckdb.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar();
    }

    private void Execute(string statements)
    {
        using var command = duckdb.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
