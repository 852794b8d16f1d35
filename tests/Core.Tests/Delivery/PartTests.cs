using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Deliveries that are too large for one file.</summary>
public sealed class PartTests
{
    private const int Users = 55_000;

    // Of the size that users have at full depth, else of a tenth of it, as are the rows.
    private static readonly long? PartBytes = TestDepth.Of<long?>(fast: (64 << 20) / 10, full: null);
    private static readonly int NameLength = TestDepth.Of(fast: 300, full: 3000);

    [Theory]
    [InlineData(FileFormat.Csv, FileCompression.Gzip, "csv.gz")]
    [InlineData(FileFormat.JsonLines, FileCompression.None, "jsonl")]
    public async Task They_are_cut_by_size_in_the_order_of_users(FileFormat format, FileCompression compression, string extension)
    {
        await using var scene = await CreateAsync(format, compression);
        var result = await scene.DeliverAsync();

        Assert.Equal((Users, Users), (result.Rows, result.Files.Sum(file => file.Rows)));
        Assert.True(result.Files.Count >= 3, $"{result.Files.Count} files");
        Assert.Equal(
            Enumerable.Range(1, result.Files.Count).Select(number => $"part-{number:00000}.{extension}"),
            result.Files.Select(file => file.Name));
        Assert.Equal(result.Files.Count + 1, Directory.GetFiles(DeliveryScene.FolderOf(result)).Length);
        Assert.Empty(await scene.FailuresAsync(result.Manifest));
        var expected = 1L;
        foreach (var file in result.Files)
        {
            var path = Path.Combine(DeliveryScene.FolderOf(result), file.Name);
            var read = format == FileFormat.Csv ? $"read_csv('{path}')" : $"read_json('{path}')";
            Assert.Equal([$"{file.Rows}|{expected}|{expected + file.Rows - 1}|0"], await scene.Test.RowsAsync(
                $"SELECT COUNT(*), MIN(USER_ID), MAX(USER_ID), COUNT_IF(USER_ID <= PREVIOUS) FROM (SELECT USER_ID, LAG(USER_ID) OVER () AS PREVIOUS FROM {read})"));
            expected += file.Rows;
        }
    }

    [Fact]
    public async Task A_diff_is_cut_too_and_its_parts_together_are_the_change()
    {
        await using var scene = await CreateAsync(FileFormat.Csv, FileCompression.None);
        await scene.DeliverAsync(DeliveryMode.Diff);
        await scene.SetAsync("PHONE = 'changed'", "USER_ID > 1000");
        await scene.SetAsync("ENGAGEMENT_SEGMENT = 'Engaged'", "USER_ID % 1000 = 1");
        await scene.WriteDayAsync(1);
        var result = await scene.DeliverAsync(DeliveryMode.Diff);

        Assert.True(result.Files.Count >= 3, $"{result.Files.Count} files");
        Assert.Equal((0, 53_946, 55), (result.Added, result.Changed, result.Removed));
        Assert.Empty(await scene.FailuresAsync(result.Manifest));
        Assert.Equal(
            ["changed|53946", "removed|55"],
            await scene.Test.RowsAsync(
                $"SELECT CHANGE, COUNT(*) FROM read_csv('{DeliveryScene.FolderOf(result)}/*.csv') GROUP BY ALL ORDER BY ALL"));
    }

    [Fact]
    public async Task The_working_folder_is_gone_afterwards()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        await scene.DeliverAsync();
        var run = (await scene.LogAsync())[0].RunId;

        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), $"*{run}*"));
        Assert.DoesNotContain(scene.Reported, text => text.Contains("NaN", StringComparison.Ordinal));
        Assert.Contains(scene.Reported, text => text.Contains("MB of", StringComparison.Ordinal));
    }

    // Wide rows, so that few make a file.
    private static async Task<DeliveryScene> CreateAsync(FileFormat format, FileCompression compression)
    {
        var scene = await DeliveryScene.CreateAsync();
        await scene.AddUsersAsync(1, Users, ("FULL_NAME", $"repeat('abcdefgh', {NameLength} // 8)"));
        await scene.WriteDayAsync();
        scene.PartBytes = PartBytes;
        scene.Consumer = scene.Consumer with { Format = format, Compression = compression };
        return scene;
    }
}
