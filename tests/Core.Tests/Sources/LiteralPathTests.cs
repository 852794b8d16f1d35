using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

/// <summary>A path says where a file lies and nothing else: not what is in it, and not where others lie.</summary>
public sealed class LiteralPathTests
{
    private const string Meant = "USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\n1,1998-06-01,3\n";
    private const string Other = "USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\n2,1998-06-01,4\n";

    [Theory]
    [InlineData("day[1]", "day1")]
    [InlineData("in*", "inner")]
    [InlineData("q?", "qa")]
    [InlineData("a[!b]c", "axc")]
    [InlineData("[[]", "[")]
    [InlineData("x]y[z]", "x]yz")]
    public async Task A_folder_with_wildcards_in_its_name_is_that_folder(string folder, string neighbour)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && folder.AsSpan().ContainsAny('*', '?'), "Windows has no such names.");
        await using var test = await TestWarehouse.CreateAsync();
        await Write(test, folder, Meant);
        await Write(test, neighbour, Other);
        foreach (var name in Names)
            Assert.Equal(["1|1998-06-01|3"], await ImportAsync(test, folder, name));
    }

    [Theory]
    [InlineData("USER_ID=7")]
    [InlineData("user_id=7/as_of_date=2001-01-01")]
    [InlineData("calls_last_30_days=9")]
    [InlineData("c0=5/c1=5")]
    [InlineData("object=5/record_line=5")]
    public async Task What_folders_are_called_is_no_data(string folder)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await Write(test, folder, Meant);
        foreach (var name in Names)
        {
            Assert.Equal(["1|1998-06-01|3"], await ImportAsync(test, folder, name));
            Assert.Empty(test.Reporter.Warnings);
        }
    }

    private static readonly string[] Names = ["SUPPORT_CALLS.csv", "SUPPORT_CALLS.csv.gz", "SUPPORT_CALLS.jsonl", "SUPPORT_CALLS.parquet"];

    private static async Task Write(TestWarehouse test, string folder, string csv)
    {
        var path = Directory.CreateDirectory(Path.Combine(test.Folder, folder)).FullName;
        await File.WriteAllTextAsync(Path.Combine(path, Names[0]), csv, TestWarehouse.Token);
        await using (var packed = new System.IO.Compression.GZipStream(
            File.Create(Path.Combine(path, Names[1])), System.IO.Compression.CompressionLevel.Fastest))
            await packed.WriteAsync(System.Text.Encoding.UTF8.GetBytes(csv), TestWarehouse.Token);
        var row = csv.Split('\n')[1].Split(',');
        await File.WriteAllTextAsync(
            Path.Combine(path, Names[2]), $"{{\"USER_ID\":{row[0]},\"AS_OF_DATE\":\"{row[1]}\",\"CALLS_LAST_30_DAYS\":{row[2]}}}\n",
            TestWarehouse.Token);
        await test.ExecuteAsync(
            $"COPY (SELECT {row[0]}::BIGINT AS USER_ID, DATE '{row[1]}' AS AS_OF_DATE, {row[2]}::INTEGER AS CALLS_LAST_30_DAYS) TO '{Path.Combine(path, Names[3])}' (FORMAT parquet)");
    }

    private static async Task<IReadOnlyList<string>> ImportAsync(TestWarehouse test, string folder, string name)
    {
        await test.ImportAsync(Path.Combine(test.Folder, folder, name), new ImportOptions(ImportMode.Replace));
        return await test.CallsAsync();
    }
}
