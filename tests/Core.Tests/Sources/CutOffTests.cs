using System.IO.Compression;
using System.Text;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

/// <summary>
/// A file that ends in the middle of a row is refused, however many rows may be rejected: more may be missing than that row.
/// </summary>
public sealed class CutOffTests
{
    private const string H = "USER_ID,ENGAGEMENT_TYPE,REPEAT_COUNT,LAST_ENGAGED_AT\n";
    private const string Rows = H + "1,a,1,1998-06-01\n2,b,1,1998-06-02\n";

    private static readonly RowLimit Any = new(100, IsPercent: true);

    [Theory]
    [InlineData(ImportMode.Upsert, "3,c,1", 4)]
    [InlineData(ImportMode.Append, "3,c,1", 4)]
    [InlineData(ImportMode.Replace, "3", 4)]
    [InlineData(ImportMode.Replace, "3,", 4)]
    [InlineData(ImportMode.Replace, "3,c,1", 4)]
    [InlineData(ImportMode.Replace, "3,\"c", 4)]
    [InlineData(ImportMode.Replace, "3,\"c\nd", 5)]
    [InlineData(ImportMode.Replace, "3,\u00C3", 4)]
    public async Task A_last_row_without_all_values_and_without_line_end_is_refused(ImportMode mode, string last, int line)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("REPEAT_ENGAGEMENTS.csv", H + "7,a,1,1998-06-01\n"));
        var before = await test.ContentAsync();
        var (plain, packed) = (
            test.WriteBytes("REPEAT_ENGAGEMENTS.csv", Rows + last), Path.Combine(test.Folder, "REPEAT_ENGAGEMENTS.csv.gz"));
        await PackAsync(plain, packed);

        foreach (var path in new[] { plain, packed })
        {
            Assert.Equal("SourceFileUnreadable", await test.RefusedAsync(path, new ImportOptions(mode, Any, PlanOnly: true)));
            var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.ImportAsync(path, new ImportOptions(mode, Any, Force: true)));

            Assert.Equal(
                $"{path} is cut off: its last row, on line {line}, has fewer values than the header, and no line end.", error.Message);
            Assert.Equal(("SourceFileUnreadable", path), (error.ErrorId, error.Target));
            Assert.Equal(before, await test.ContentAsync());
        }
    }

    [Theory]
    [InlineData("a whole row", "3,c,1,1998-06-03", 3, 0)]
    [InlineData("a row without its last value", "3,c,1,", 2, 1)]
    [InlineData("a line end", "3,c,1\n", 2, 1)]
    [InlineData("CR", "3,c,1\r", 2, 1)]
    [InlineData("too many values", "3,c,1,1998-06-03,9", 2, 1)]
    [InlineData("text beside a quoted value", "3,\"c\"d,1,1998-06-03", 2, 1)]
    [InlineData("blanks", "  ", 2, 1)]
    [InlineData("how DOS ends a file", "\u001A", 2, 1)]
    [InlineData("a short row before the last", "3,c\n4,d,1,1998-06-04", 3, 1)]
    public async Task Any_other_end_is_none(string what, string last, int inserted, int rejected)
    {
        await using var test = await TestWarehouse.CreateAsync();

        var result = await test.ImportAsync(test.Write("REPEAT_ENGAGEMENTS.csv", Rows + last));

        Assert.True((inserted, rejected) == (result.Inserted, result.Rejected), $"{what}: {Imports.Counts(result)}");
    }

    [Fact]
    public async Task Wherever_a_CSV_is_cut_it_is_refused_unless_what_is_left_is_whole_rows()
    {
        const string Whole = H + "1,a,12,1998-06-01\n22,\"b, \"\"c\"\"\",1,1998-06-02 10:00:00\n3,éü,1,1998-06-03\n";
        var bytes = Encoding.UTF8.GetBytes(Whole);
        await using var test = await TestWarehouse.CreateAsync();
        var path = Path.Combine(test.Folder, "REPEAT_ENGAGEMENTS.csv");
        foreach (var length in Lengths(H.Length, bytes.Length))
        {
            await File.WriteAllBytesAsync(path, bytes[..length], TestWarehouse.Token);
            var last = Encoding.UTF8.GetString(bytes[..length]);
            last = last[(last.LastIndexOf('\n') + 1)..];
            var isWhole = last.Length == 0
                || last.Replace("b, ", string.Empty, StringComparison.Ordinal).Count(character => character == ',') == 3;

            var failure = await Record.ExceptionAsync(
                () => test.ImportAsync(path, new ImportOptions(ImportMode.Replace, Any, Force: true)));

            Assert.True(
                isWhole ? failure is null : failure is LoyaltyException { ErrorId: "SourceFileUnreadable" },
                $"cut after {length} bytes: {failure?.Message}");
        }
    }

    [Fact]
    public async Task Wherever_JSON_lines_are_cut_they_are_refused_unless_what_is_left_is_whole_objects()
    {
        const string First = "{\"USER_ID\":1,\"AS_OF_DATE\":\"1998-06-01\",\"CALLS_LAST_30_DAYS\":2}\n";
        const string Second = "{\"USER_ID\":2,\"AS_OF_DATE\":\"1998-06-01\",\"CALLS_LAST_30_DAYS\":2,\"more\":{\"a\\\"é\":[1,true]}}";
        var bytes = Encoding.UTF8.GetBytes(First + Second);
        await using var test = await TestWarehouse.CreateAsync();
        var path = Path.Combine(test.Folder, "SUPPORT_CALLS.jsonl");
        foreach (var length in Lengths(First.Length, bytes.Length))
        {
            await File.WriteAllBytesAsync(path, bytes[..length], TestWarehouse.Token);

            var failure = await Record.ExceptionAsync(() => test.ImportAsync(path, new ImportOptions(ImportMode.Replace, Any)));

            var isWhole = length == First.Length || length == bytes.Length;
            Assert.True(
                isWhole ? failure is null : failure is LoyaltyException { ErrorId: "SourceFileUnreadable" },
                $"cut after {length} bytes: {failure?.Message}");
        }

        await File.WriteAllTextAsync(path, First + "{\"USER_ID\":2,}", TestWarehouse.Token);
        Assert.Equal(1, (await test.ImportAsync(path)).Rejected);
        await File.WriteAllTextAsync(path, First + "{\"USER_ID\":\n", TestWarehouse.Token);
        Assert.Equal(1, (await test.ImportAsync(path)).Rejected);
    }

    // Nothing cut at all is always among them; of the others every sixth, not always the same.
    private static IEnumerable<int> Lengths(int first, int last)
    {
        var step = TestDepth.Of(fast: 6, full: 1);
        var begin = Random.Shared.Next(step);
        return Enumerable.Range(first, last - first + 1).Where(length => length % step == begin || length == first || length == last);
    }

    private static async Task PackAsync(string plain, string packed)
    {
        await using var gzip = new GZipStream(File.Create(packed), CompressionLevel.Fastest);
        await gzip.WriteAsync(await File.ReadAllBytesAsync(plain, TestWarehouse.Token), TestWarehouse.Token);
    }
}
