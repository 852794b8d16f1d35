using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.Truth;
using LoyaltyPipeline.Core.Tests.Truth.Generators;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>The merge against the second implementation, on random sources full of every kind of bad row.</summary>
public sealed partial class MasterTruthTests
{
    private const int AtLeast = 8;
    private const int Seconds = 8;

    [Fact]
    public async Task Master_and_quarantine_are_those_of_the_second_implementation()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await using var connection = await test.ConnectAsync();
        DirtySources.Check(
            dirty =>
            {
                Empty(connection);
                SourceTables.Write(connection, dirty.Sources);
                var result = Merge(test, dirty.RunDate);

                var expected = ReferenceMaster.Build(dirty.Sources, dirty.RunDate);
                Assert.Null(MasterDifference.Describe(expected.Master, MasterTable.Read(connection)));
                Assert.Equal(Described(expected.Rejected), Quarantined(connection, result.RunId));
                foreach (var source in result.Sources)
                    Assert.Equal(
                        expected.Counts[source.SourceTable],
                        new SourceCount((int)source.RowsRead, (int)source.RowsUsed, (int)source.RowsQuarantined));
                AssertHistoryEnds(connection, result);
            },
            AtLeast,
            Seconds);
    }

    [Fact]
    public async Task A_changed_day_becomes_what_a_first_merge_would_make_of_it()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await using var connection = await test.ConnectAsync();
        DirtySources.Check(
            dirty =>
            {
                var earlier = DirtySources.EverySecondRow(dirty.Sources);
                Empty(connection);
                SourceTables.Write(connection, earlier);
                Merge(test, dirty.RunDate.AddDays(-1));
                Merge(test, dirty.RunDate);
                SourceTables.Clear(connection);
                SourceTables.Write(connection, dirty.Sources);
                var result = Merge(test, dirty.RunDate);

                var expected = ReferenceMaster.Build(dirty.Sources, dirty.RunDate).Master;
                Assert.Null(MasterDifference.Describe(expected, MasterTable.Read(connection)));
                AssertHistoryEnds(connection, result);
                var before = ReferenceMaster.Build(earlier, dirty.RunDate.AddDays(-1)).Master;
                var dayBefore = $"DATE '{dirty.RunDate.AddDays(-1):yyyy-MM-dd}'";
                Assert.Null(MasterDifference.Describe(
                    before,
                    MasterTable.Read(
                        connection,
                        $"SELECT * FROM LOYALTY.HISTORY WHERE VALID_FROM <= {dayBefore} AND (VALID_TO IS NULL OR VALID_TO > {dayBefore})")));
                AssertCanonical(connection);
            },
            AtLeast,
            Seconds);
    }

    private static MergeResult Merge(TestWarehouse test, DateOnly runDate) =>
        test.MergeAsync(runDate, force: true).GetAwaiter().GetResult();

    private static void Empty(DuckDBConnection connection)
    {
        SourceTables.Clear(connection);
        foreach (var table in new[] { "MASTER", "HISTORY", "SNAPSHOT", "QUARANTINE", "RUN", "RUN_STEP", "RUN_SOURCE" })
            Execute(connection, $"DELETE FROM LOYALTY.{table}");
    }

    private static void AssertHistoryEnds(DuckDBConnection connection, MergeResult result)
    {
        var open = MasterTable.Read(connection, "SELECT * FROM LOYALTY.HISTORY WHERE VALID_TO IS NULL");
        Assert.Null(MasterDifference.Describe(MasterTable.Read(connection), open));
        Assert.Equal(
            result.Users,
            Count(connection, $"SELECT ROW_COUNT FROM LOYALTY.SNAPSHOT WHERE SNAPSHOT_DATE = DATE '{result.RunDate:yyyy-MM-dd}'"));
    }

    // No version without a day, none that touches another of the same content.
    private static void AssertCanonical(DuckDBConnection connection)
    {
        Assert.Equal(0, Count(connection, "SELECT COUNT(*) FROM LOYALTY.HISTORY WHERE VALID_TO <= VALID_FROM"));
        var same = string.Join(" AND ", MasterColumn.All.Select(column => $"a.{column.Name} IS NOT DISTINCT FROM b.{column.Name}"));
        Assert.Equal(
            0,
            Count(
                connection,
                $"SELECT COUNT(*) FROM LOYALTY.HISTORY AS a JOIN LOYALTY.HISTORY AS b ON a.USER_ID = b.USER_ID AND a.VALID_TO = b.VALID_FROM WHERE {same}"));
    }

    private static List<string> Described(IEnumerable<RejectedRow> rows) =>
        [.. rows.Select(row => $"{row.SourceTable} {row.Key} {row.Rule}").Order(StringComparer.Ordinal)];

    private static List<string> Quarantined(DuckDBConnection connection, string runId)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT SOURCE_TABLE, ROW_KEY, RULE FROM LOYALTY.QUARANTINE WHERE RUN_ID = '{runId}'";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(
                $"{reader.GetString(0)} {ColumnName().Replace(reader.GetString(1), match => match.Index == 0 ? string.Empty : "|")} {reader.GetString(2)}");
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Count(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("(^|, )[A-Z_]+=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ColumnName();
}
