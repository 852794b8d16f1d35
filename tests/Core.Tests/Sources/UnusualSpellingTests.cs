using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

/// <summary>Files that begin as the quick way of reading likes them and go on differently.</summary>
public sealed class UnusualSpellingTests
{
    private const int Before = 20_000;

    [Theory]
    [InlineData("9007199254740993,1998-06-30,4", "9007199254740993|1998-06-30|4")]
    [InlineData("+900000.0,1998-06-30T00:00:00Z,4", "900000|1998-06-30|4")]
    [InlineData("900000,1998-06-30,4,", "900000|1998-06-30|4")]
    public async Task Rows_read_before_are_not_there_twice(string row, string stored)
    {
        foreach (var mode in new[] { ImportMode.Append, ImportMode.Replace, ImportMode.Upsert })
        {
            await using var test = await TestWarehouse.CreateAsync();
            var folder = Directory.CreateDirectory(Path.Combine(test.Folder, "landing")).FullName;
            await WriteAsync(folder, 1, Enumerable.Range(1, Before).Select(user => $"{user},1998-06-30,1"));
            await WriteAsync(folder, 2, Enumerable.Range(Before + 1, Before).Select(user => $"{user},1998-06-30,2").Append(row));

            var result = await test.ImportAsync(folder, new ImportOptions { Mode = mode });

            Assert.Equal((2 * Before + 1, 2 * Before + 1, 0), (result.RowsRead, result.Inserted, result.Rejected));
            Assert.Equal(
                [$"{2 * Before + 1}|{2 * Before + 1}|{3 * Before + 4}"],
                await test.RowsAsync("SELECT COUNT(*), COUNT(DISTINCT USER_ID), SUM(CALLS_LAST_30_DAYS) FROM DW_B.SUPPORT_CALLS"));
            Assert.Equal([stored], await test.RowsAsync("SELECT * FROM DW_B.SUPPORT_CALLS WHERE CALLS_LAST_30_DAYS = 4"));
        }
    }

    [Theory]
    [InlineData("900000,1998-06-30,1.5", "the value is no INTEGER: it has a fraction")]
    [InlineData("900000,1998/06/30,1", "the value is no DATE: days are written as 2026-06-30")]
    [InlineData("900000.5,1998-06-30,1", "the value is no BIGINT: it has a fraction")]
    public async Task What_the_engine_would_round_or_guess_is_rejected(string row, string reason)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var folder = Directory.CreateDirectory(Path.Combine(test.Folder, "landing")).FullName;
        await WriteAsync(folder, 1, Enumerable.Range(1, Before).Select(user => $"{user},1998-06-30,1").Append(row));

        var result = await test.ImportAsync(folder);

        Assert.Equal((Before + 1, Before, 1), (result.RowsRead, result.Inserted, result.Rejected));
        var quarantined = Assert.Single(await test.QuarantineAsync());
        Assert.Contains($"line {Before + 2}", quarantined, StringComparison.Ordinal);
        Assert.EndsWith(reason, quarantined, StringComparison.Ordinal);
    }

    private static Task WriteAsync(string folder, int part, IEnumerable<string> rows) =>
        File.WriteAllLinesAsync(Path.Combine(folder, $"SUPPORT_CALLS-{part}.csv"), rows.Prepend(Imports.CallsHeader), TestWarehouse.Token);
}
