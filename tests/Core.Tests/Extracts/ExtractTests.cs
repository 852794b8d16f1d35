using System.Security.Cryptography;
using System.Text.Json;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Extracts;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Extracts;

/// <summary>Extracts of views into a folder: read back, they are what the view says, and the JSON beside them describes them.</summary>
public sealed class ExtractTests
{
    [Theory]
    [InlineData("FEATURE_ADOPTION_BY_REGION", FileFormat.Parquet, FileCompression.Gzip, "read_parquet")]
    [InlineData("ENGAGEMENT_BY_REGION", FileFormat.Parquet, FileCompression.Zstd, "read_parquet")]
    [InlineData("RUN_HEALTH", FileFormat.Parquet, FileCompression.None, "read_parquet")]
    [InlineData("SEGMENT_TREND", FileFormat.Csv, FileCompression.None, "read_csv")]
    [InlineData("FEATURE_ADOPTION_TREND", FileFormat.Csv, FileCompression.Gzip, "read_csv")]
    [InlineData("ENGAGEMENT_BY_REGION", FileFormat.Csv, FileCompression.Zstd, "read_csv")]
    [InlineData("SEGMENT_TREND", FileFormat.JsonLines, FileCompression.Gzip, "read_json")]
    public async Task A_file_is_what_the_view_says(string view, FileFormat format, FileCompression compression, string reader)
    {
        await using var scene = await SceneAsync();
        using var folder = new TemporaryFolder();

        var result = await WriteAsync(scene, folder.Path, view, new ExtractFile(format, compression));
        var bytes = await File.ReadAllBytesAsync(result.Path, TestWarehouse.Token);
        var again = await WriteAsync(scene, folder.Path, view, new ExtractFile(format, compression));

        var table = scene.Test.Pipeline.Catalog.Table($"LOYALTY.{view}");
        var columns = string.Join(", ", table.Columns.Select(column => $"CAST({column.Name} AS {column.Type}) AS {column.Name}"));
        var expected = await scene.Test.RowsAsync($"SELECT {columns} FROM {table} ORDER BY ALL");
        Assert.NotEmpty(expected);
        Assert.Equal(
            expected, await scene.Test.RowsAsync($"SET TimeZone = 'UTC'; SELECT {columns} FROM {reader}('{result.Path}') ORDER BY ALL"));
        Assert.Equal(
            (true, expected.Count, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))),
            (result.Applied, (int)result.Rows, (int)result.Bytes!, result.Sha256));
        Assert.Equal(Facts.Of(result), Facts.Of(again));
        Assert.Equal(
            new[] { $"{view}.json", Path.GetFileName(result.Path) }.Order(StringComparer.Ordinal),
            Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(result.Description, TestWarehouse.Token));
        Assert.Equal(
            (Path.GetFileName(result.Path), result.Rows, result.Bytes, result.Sha256),
            (
                Text(json.RootElement, "file"), json.RootElement.GetProperty("rows").GetInt64(),
                json.RootElement.GetProperty("bytes").GetInt64(), Text(json.RootElement, "sha256")));
        Assert.Equal(
            table.Columns.Select(column => $"{column.Name} {column.Type} {column.Description}"),
            json.RootElement.GetProperty("columns").EnumerateArray()
                .Select(column => $"{Text(column, "name")} {Text(column, "type")} {Text(column, "description")}"));
    }

    [Fact]
    public async Task In_CSV_no_cell_is_a_formula()
    {
        await using var scene = await SceneAsync();
        await scene.RunAsync("UPDATE DW_B.FEATURE_ADOPTION SET MODULE_NAME = '=HYPERLINK(1)' WHERE USER_ID = 1");
        await scene.MergeAsync();
        using var folder = new TemporaryFolder();

        var csv = await WriteAsync(scene, folder.Path, "FEATURE_ADOPTION_BY_REGION", new ExtractFile(FileFormat.Csv, FileCompression.None));
        var parquet = await WriteAsync(
            scene, folder.Path, "FEATURE_ADOPTION_BY_REGION", new ExtractFile(FileFormat.Parquet, FileCompression.None));

        Assert.Contains(",'=HYPERLINK(1),", await File.ReadAllTextAsync(csv.Path, TestWarehouse.Token), StringComparison.Ordinal);
        Assert.Equal(
            ["=HYPERLINK(1)"],
            await scene.Test.RowsAsync($"SELECT DISTINCT MODULE_NAME FROM read_parquet('{parquet.Path}') WHERE MODULE_NAME LIKE '=%'"));
    }

    [Fact]
    public async Task A_plan_counts_and_writes_nothing()
    {
        await using var scene = await SceneAsync();
        using var folder = new TemporaryFolder();
        var destination = Path.Combine(folder.Path, "new");

        var plan = await WriteAsync(scene, destination, "SEGMENT_TREND", ExtractFile.Of(null, null), planOnly: true);

        Assert.Equal(
            (false, 4L, null, Path.Combine(destination, "SEGMENT_TREND.parquet")), (plan.Applied, plan.Rows, plan.Bytes, plan.Path));
        Assert.False(Directory.Exists(destination));
        Assert.Equal(plan.Rows, (await WriteAsync(scene, destination, "SEGMENT_TREND", ExtractFile.Of(null, null))).Rows);
    }

    [Fact]
    public async Task A_failure_leaves_what_was_there()
    {
        await using var scene = await SceneAsync();
        using var folder = new TemporaryFolder();
        var written = await WriteAsync(scene, folder.Path, "SEGMENT_TREND", ExtractFile.Of(null, null));
        var before = await File.ReadAllBytesAsync(written.Path, TestWarehouse.Token);
        await scene.RunAsync(
            "INSERT INTO LOYALTY.METRIC VALUES ('2024-04-01', 'users.engaged', '*', 99999999999999999)",
            "INSERT INTO LOYALTY.METRIC VALUES ('2024-04-01', 'users.unscored', '*', 9999999999999999)");

        await Assert.ThrowsAsync<LoyaltyException>(() => WriteAsync(scene, folder.Path, "SEGMENT_TREND", ExtractFile.Of(null, null)));

        Assert.Equal(before, await File.ReadAllBytesAsync(written.Path, TestWarehouse.Token));
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(folder.Path).Count());
    }

    [Theory]
    [InlineData("MASTER_MASKED", "ViewNotForReaders", "LOYALTY.MASTER_MASKED is no view of aggregates")]
    [InlineData("HISTORY_SNAPSHOT", "ViewNotForReaders", "LOYALTY.HISTORY_SNAPSHOT is no view of aggregates")]
    [InlineData("LOYALTY.MASTER", "ViewNotForReaders", "LOYALTY.MASTER is no view of aggregates")]
    [InlineData("LOYALTY.DELIVERED_MEMBER", "ViewNotForReaders", "is no view of aggregates")]
    [InlineData("SOMETHING", "ViewNotFound", "There is no view SOMETHING; there are FEATURE_ADOPTION_TREND, ")]
    public async Task What_may_tell_of_single_users_is_refused(string view, string id, string message)
    {
        await using var test = await TestWarehouse.CreateAsync(withSources: false);

        var error = Assert.Throws<LoyaltyException>(() => ExtractView.Find(test.Pipeline.Catalog, view));

        Assert.Equal(id, error.ErrorId);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("LOYALTY.RUN_HEALTH", ExtractView.Find(test.Pipeline.Catalog, "loyalty.run_health").ToString());
    }

    [Theory]
    [InlineData("a.parquet", null, null, "Parquet with compression Gzip")]
    [InlineData("a.parquet", null, FileCompression.Zstd, "Parquet with compression Zstd")]
    [InlineData("a.csv", null, null, "Csv with compression None")]
    [InlineData("a.CSV.gz", FileFormat.Csv, null, "Csv with compression Gzip")]
    [InlineData("a.jsonl.zst", null, FileCompression.Zstd, "JsonLines with compression Zstd")]
    [InlineData("a.csv", FileFormat.Parquet, null, null)]
    [InlineData("a.csv", null, FileCompression.Gzip, null)]
    [InlineData("a.json", null, null, null)]
    [InlineData("a", FileFormat.Csv, null, null)]
    public void The_name_of_a_file_says_how_it_is_written(string path, FileFormat? format, FileCompression? compression, string? expected)
    {
        if (expected is null)
            Assert.Equal("DestinationInvalid", Assert.Throws<LoyaltyException>(() => ExtractFile.Of(path, format, compression)).ErrorId);
        else
            Assert.Equal(expected, ExtractFile.Of(path, format, compression).ToString());
    }

    [Theory]
    [InlineData("a.csv.gz", "a.json")]
    [InlineData("a.b.parquet", "a.b.json")]
    [InlineData("RUN_HEALTH.jsonl", "RUN_HEALTH.json")]
    public void The_description_is_named_after_the_file(string file, string json) =>
        Assert.Equal(json, ExtractWriter.DescriptionName(file));

    /// <summary>Users of two regions, some without, with features.</summary>
    internal static async Task<MergeScene> SceneAsync()
    {
        var scene = await MergeScene.CreateAsync(users: 9);
        await scene.RunAsync(
            "INSERT INTO DW_C.REGION_METADATA VALUES ('US', 'America, \"the\" states', 'US', 'Growth')",
            "UPDATE DW_A.USER_PROFILE SET REGION_CODE = CASE WHEN USER_ID > 7 THEN NULL ELSE 'US' END WHERE USER_ID > 5",
            "INSERT INTO DW_B.FEATURE_ADOPTION SELECT USER_ID, 'export', 'reports', '2024-01-10', '2024-03-30', 5 FROM DW_A.USER_PROFILE WHERE USER_ID % 2 = 1");
        await scene.MergeAsync();
        return scene;
    }

    private static Task<ExtractResult> WriteAsync(
        MergeScene scene, string destination, string view, ExtractFile file, bool planOnly = false) => ExtractWriter.WriteAsync(
        scene.Test.Warehouse,
        scene.Test.Pipeline,
        new ExtractOptions(
            ExtractView.Find(scene.Test.Pipeline.Catalog, view), destination, FileName: null, file.Format, file.Compression,
            new S3Settings(), planOnly),
        TestWarehouse.Token);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
