using System.IO.Compression;
using System.Text;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

public sealed class GzipTests
{
    private const int Rows = 20_000;

    private static readonly byte[] Csv = Encoding.UTF8.GetBytes(
        Imports.CallsHeader + "\n" + string.Concat(Enumerable.Range(1, Rows).Select(row => $"{row},1998-06-01,{row * 7919 % 1000}\n")));

    private static readonly byte[] Json = Encoding.UTF8.GetBytes(
        string.Concat(
            Enumerable.Range(1, Rows)
                .Select(row => $"{{\"USER_ID\":{row},\"AS_OF_DATE\":\"1998-06-01\",\"CALLS_LAST_30_DAYS\":{row % 9}}}\n")));

    [Theory]
    [InlineData("SUPPORT_CALLS.csv.gz")]
    [InlineData("support_calls.CSV.GZ")]
    [InlineData("SUPPORT_CALLS.jsonl.gz")]
    public async Task Is_unpacked(string name)
    {
        var (errorId, rows) = await ImportAsync(name, Pack(Content(name)));
        Assert.Null(errorId);
        Assert.Equal(Rows, rows);
    }

    [Fact]
    public async Task What_unpacks_to_more_than_any_table_does_is_refused()
    {
        var (errorId, _) = await ImportAsync(
            "SUPPORT_CALLS.csv.gz", Pack([.. Csv, .. Enumerable.Repeat((byte)'\n', 80 << 20)], CompressionLevel.SmallestSize));
        Assert.Equal("SourceFileUnreadable", errorId);
    }

    [Theory]
    [InlineData("900002,1998-06-01,3\n")]
    [InlineData("\u0001\u0002\u0003\u0004")]
    [InlineData("\0\0\0\0x")]
    [InlineData("\u001e\u008b\b\0")]
    public async Task What_follows_and_is_no_gzip_is_refused(string more) =>
        Assert.Equal(
            "SourceFileUnreadable", (await ImportAsync("SUPPORT_CALLS.csv.gz", [.. Pack(Csv), .. Encoding.Latin1.GetBytes(more)])).ErrorId);

    [Fact]
    public async Task A_member_behind_zeros_is_not_passed_over() =>
        Assert.Equal(
            "SourceFileUnreadable",
            (await ImportAsync("SUPPORT_CALLS.csv.gz", [.. Pack(Csv[..100_003]), 0, 0, 0, 0, .. Pack(Csv[100_003..])])).ErrorId);

    [Fact]
    public async Task Zeros_at_the_end_are_padding()
    {
        var (errorId, rows) = await ImportAsync("SUPPORT_CALLS.csv.gz", [.. Pack(Csv), .. new byte[3 << 20]]);
        Assert.Null(errorId);
        Assert.Equal(Rows, rows);
    }

    [Fact]
    public async Task Of_several_members_all_are_read()
    {
        var (errorId, rows) = await ImportAsync(
            "SUPPORT_CALLS.csv.gz", [.. Pack(Csv[..100_003]), .. Pack(Csv[100_003..200_000]), .. Pack(Csv[200_000..])]);
        Assert.Null(errorId);
        Assert.Equal(Rows, rows);
    }

    [Theory]
    [InlineData("SUPPORT_CALLS.csv.gz", 0.0)]
    [InlineData("SUPPORT_CALLS.csv.gz", 0.0001)]
    [InlineData("SUPPORT_CALLS.csv.gz", 0.01)]
    [InlineData("SUPPORT_CALLS.csv.gz", 0.5)]
    [InlineData("SUPPORT_CALLS.csv.gz", 0.99)]
    [InlineData("SUPPORT_CALLS.jsonl.gz", 0.0)]
    [InlineData("SUPPORT_CALLS.jsonl.gz", 0.5)]
    public async Task Cut_off_is_refused(string name, double share)
    {
        var packed = Pack(Content(name));
        var (errorId, rows) = await ImportAsync(name, packed[..(int)(packed.Length * share)]);
        Assert.Equal("SourceFileUnreadable", errorId);
        Assert.Equal(0, rows);
    }

    [Fact]
    public async Task Cut_off_by_a_few_bytes_is_refused()
    {
        var packed = Pack(Csv);
        for (var missing = 1; missing <= 18; missing++)
            Assert.True(
                await ImportAsync("SUPPORT_CALLS.csv.gz", packed[..^missing]) is ("SourceFileUnreadable", 0), $"{missing} bytes missing");
    }

    [Fact]
    public async Task Cut_off_in_a_later_member_is_refused()
    {
        byte[] two = [.. Pack(Csv[..100_000]), .. Pack(Csv[100_000..])];
        foreach (var missing in new[] { 1, 8, 9, 1000, Pack(Csv[100_000..]).Length - 1, Pack(Csv[100_000..]).Length - 9,
            Pack(Csv[100_000..]).Length - 10 })
            Assert.True(
                await ImportAsync("SUPPORT_CALLS.csv.gz", two[..^missing]) is ("SourceFileUnreadable", 0), $"{missing} bytes missing");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(1000)]
    [InlineData(-5)]
    [InlineData(-1)]
    public async Task Damaged_is_refused(int position)
    {
        var packed = Pack(Csv);
        packed[position < 0 ? packed.Length + position : position] ^= 0x55;
        Assert.Equal(("SourceFileUnreadable", 0L), await ImportAsync("SUPPORT_CALLS.csv.gz", packed));
    }

    [Fact]
    public async Task Not_packed_at_all_is_refused() =>
        Assert.Equal(("SourceFileUnreadable", 0L), await ImportAsync("SUPPORT_CALLS.csv.gz", Csv));

    [Fact]
    public async Task Lines_are_those_of_the_unpacked_file()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = Path.Combine(test.Folder, "SUPPORT_CALLS_7.csv.gz");
        await File.WriteAllBytesAsync(path, Pack([.. Csv, .. "x,1998-06-01,1\n"u8]), TestWarehouse.Token);
        await test.ImportAsync(path);
        Assert.Equal([$"type SUPPORT_CALLS_7.csv.gz line {Rows + 2}"], await test.PlacesAsync());
    }

    private static byte[] Content(string name) => name.Contains("json", StringComparison.Ordinal) ? Json : Csv;

    private static byte[] Pack(byte[] content, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
            gzip.Write(content);
        return packed.ToArray();
    }

    private static async Task<(string? ErrorId, long Rows)> ImportAsync(string name, byte[] content)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = Path.Combine(test.Folder, name);
        await File.WriteAllBytesAsync(path, content, TestWarehouse.Token);
        string? errorId = null;
        try
        {
            await test.ImportAsync(path);
        }
        catch (Core.Errors.LoyaltyException exception)
        {
            errorId = exception.ErrorId;
        }

        return (
            errorId,
            long.Parse(
                (await test.RowsAsync("SELECT COUNT(*) FROM DW_B.SUPPORT_CALLS"))[0], System.Globalization.CultureInfo.InvariantCulture));
    }
}
