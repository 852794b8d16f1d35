using System.Globalization;
using System.Security.Cryptography;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>What lies at the destination after a full delivery.</summary>
public sealed class FullDeliveryTests
{
    public static TheoryData<FileFormat, FileCompression> Forms =>
        new MatrixTheoryData<FileFormat, FileCompression>(Enum.GetValues<FileFormat>(), Enum.GetValues<FileCompression>());

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_form_says_what_Master_says(FileFormat format, FileCompression compression)
    {
        await using var scene = await CreateAsync(format, compression);
        var result = await scene.DeliverAsync();

        var expected = await DeliveredRows.QueryAsync(
            scene.Test, "SELECT * FROM LOYALTY.MASTER WHERE ENGAGEMENT_SEGMENT = 'Highly Engaged' ORDER BY USER_ID");
        var delivered = await DeliveredRows.ReadAsync(scene.Test, result);
        Assert.Equal(DeliveredRows.Describe(expected.Select(Numbers)), DeliveredRows.Describe(delivered.Select(Numbers)));
        Assert.Equal(40, delivered.Count);
        Assert.Empty(await scene.FailuresAsync(result.Manifest));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_manifest_says_the_truth(FileFormat format, FileCompression compression)
    {
        await using var scene = await CreateAsync(format, compression);
        await scene.RunAsync(
            "INSERT INTO LOYALTY.RUN (RUN_ID, KIND, STATUS, STARTED_AT, SECONDS, WAITED_SECONDS, INSERTED, UPDATED, DELETED, UNCHANGED, QUARANTINED, FORCED, SCRIPT_SHA256, MODULE_VERSION, HOST) VALUES ('merge-1', 'Merge', 'Succeeded', TIMESTAMP '2024-04-01', 1, 0, 0, 0, 0, 0, 0, FALSE, 'script-hash', '0', 'h')");
        scene.Consumer = scene.Consumer with { RequireConsent = true, Columns = ["USER_ID", "SIGNED_UP_AT", "PURCHASE*", "EMAIL"] };
        await scene.SetAsync("MARKETING_CONSENT = FALSE", "USER_ID IN (3, 4)");
        await scene.SuppressAsync(5);
        var result = await scene.DeliverAsync();

        var manifest = DeliveryScene.ManifestOf(result);
        Assert.Equal(
            ("merge-1", "script-hash", scene.Test.Pipeline.ModuleVersion),
            (manifest.RunId, manifest.MasterScriptSha256, manifest.ModuleVersion));
        Assert.Equal(
            (result.DeliveryId, "Crm", DeliveryScene.Day, DeliveryMode.Full, null),
            (manifest.DeliveryId, manifest.Consumer, manifest.RunDate, manifest.Mode, manifest.BaseDeliveryId));
        Assert.Equal((37, 37, 37, 0, 0), (manifest.Audience, manifest.Rows, manifest.Added, manifest.Changed, manifest.Removed));
        Assert.Equal("2 NoConsent, 1 Suppressed", manifest.LeftOut.ToString());
        Assert.Equal(
            (format, compression, true, false, false),
            (
                manifest.Settings.Format, manifest.Settings.Compression, manifest.Settings.RequireConsent,
                manifest.Settings.RequireActiveAccount, manifest.Settings.Salted));
        Assert.Equal(format == FileFormat.Csv ? @"\N" : null, manifest.Settings.NullToken);
        Assert.Equal(
            ["USER_ID BIGINT", "SIGNED_UP_AT TIMESTAMP", "PURCHASES_TOTAL INTEGER", "PURCHASE_AMOUNT_TOTAL DECIMAL(18,2)",
                "PURCHASES_30D INTEGER", "EMAIL VARCHAR"],
            manifest.Columns.Select(column => $"{column.Name} {column.Type}"));
        var file = Assert.Single(manifest.Files);
        var content = await File.ReadAllBytesAsync(Path.Combine(DeliveryScene.FolderOf(result), file.Name), TestWarehouse.Token);
        Assert.Equal((content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), 37), (file.Bytes, file.Sha256, file.Rows));
        Assert.Equal(37, (await DeliveredRows.ReadAsync(scene.Test, result)).Count);
    }

    [Theory]
    [InlineData(FileFormat.Csv, FileCompression.Gzip, "csv.gz")]
    [InlineData(FileFormat.Csv, FileCompression.None, "csv")]
    [InlineData(FileFormat.JsonLines, FileCompression.Zstd, "jsonl.zst")]
    [InlineData(FileFormat.Parquet, FileCompression.Zstd, "parquet")]
    public async Task Files_lie_by_consumer_segment_day_and_delivery(FileFormat format, FileCompression compression, string extension)
    {
        await using var scene = await CreateAsync(format, compression);
        var result = await scene.DeliverAsync();

        var folder = $"Crm/HighlyEngaged/run_date=2024-03-31/{result.DeliveryId}";
        Assert.Matches("^[0-9a-f]{20}$", result.DeliveryId);
        Assert.Equal(["Crm/HighlyEngaged/latest.json", $"{folder}/manifest.json", $"{folder}/part-00001.{extension}"], scene.FileNames());
        var latest = scene.Latest()!;
        Assert.Equal((result.DeliveryId, $"run_date=2024-03-31/{result.DeliveryId}/manifest.json"), (latest.DeliveryId, latest.Manifest));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(result.Manifest, TestWarehouse.Token))),
            latest.ManifestSha256);
        // Nobody who sees latest.json may miss the manifest, nor with the manifest a file.
        var times = new[] { $"{folder}/part-00001.{extension}", $"{folder}/manifest.json", "Crm/HighlyEngaged/latest.json" }
            .Select(name => File.GetLastWriteTimeUtc(Path.Combine(scene.Destination, name))).ToList();
        Assert.Equal(times.Order(), times);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Equal_rows_give_equal_bytes_and_the_same_id(FileFormat format, FileCompression compression)
    {
        await using var scene = await CreateAsync(format, compression);
        await using var other = await CreateAsync(format, compression, backwards: true);
        var (one, two) = (await scene.DeliverAsync(), await other.DeliverAsync());

        Assert.Equal(one.DeliveryId, two.DeliveryId);
        Assert.Equal(one.Files.Select(file => file.Sha256), two.Files.Select(file => file.Sha256));
        await other.WriteDayAsync(runId: "merge-2");
        Assert.NotEqual(one.DeliveryId, (await other.DeliverAsync()).DeliveryId);
    }

    [Fact]
    public async Task An_empty_segment_is_a_manifest_without_files()
    {
        await using var scene = await CreateAsync(FileFormat.Csv, FileCompression.Gzip);
        scene.Consumer = scene.Consumer with { Segment = EngagementSegment.Unscored };
        var result = await scene.DeliverAsync();

        Assert.Equal((0, 0, 0), (result.Rows, result.Bytes, result.Files.Count));
        Assert.Equal(
            ["Crm/Unscored/latest.json", $"Crm/Unscored/run_date=2024-03-31/{result.DeliveryId}/manifest.json"], scene.FileNames());
        Assert.Empty(await scene.FailuresAsync(result.Manifest));
        Assert.Equal(DeliveryStatus.Published, (await scene.LogAsync())[0].Status);
    }

    [Fact]
    public async Task The_log_says_what_the_manifest_says()
    {
        await using var scene = await CreateAsync(FileFormat.Csv, FileCompression.Gzip);
        var result = await scene.DeliverAsync();
        var manifest = DeliveryScene.ManifestOf(result);

        var record = Assert.Single(await scene.LogAsync());
        Assert.Equal(
            (1, result.DeliveryId, "Crm", scene.Destination, result.Manifest),
            (record.SequenceNumber, record.DeliveryId, record.Consumer, record.Destination, record.Manifest));
        Assert.Equal(
            (manifest.Rows, manifest.Audience, manifest.Files.Sum(file => file.Bytes), manifest.RunId),
            (record.Rows, record.Audience, record.Bytes, record.MergeRunId));
        Assert.Equal(Facts.Of(manifest.Files), Facts.Of(record.Files));
        Assert.Equal(scene.Latest()!.ManifestSha256, record.ManifestSha256);
        var run = await scene.NewestRunAsync();
        Assert.Equal(
            (RunKind.Deliver, RunStatus.Succeeded, DeliveryScene.Day, 40, 0, 0),
            (run.Kind, run.Status, run.Day, run.Inserted, run.Updated, run.Deleted));
        Assert.Equal(run.RunId, record.RunId);
    }

    // JSON knows no scale: 71.0 is 71.00.
    private static IReadOnlyDictionary<string, string?> Numbers(IReadOnlyDictionary<string, string?> row) => row.ToDictionary(
        cell => cell.Key,
        cell => decimal.TryParse(cell.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.######", CultureInfo.InvariantCulture)
            : cell.Value, StringComparer.Ordinal);

    private static async Task<DeliveryScene> CreateAsync(FileFormat format, FileCompression compression, bool backwards = false)
    {
        var scene = await DeliveryScene.CreateAsync();
        scene.Consumer = scene.Consumer with { Format = format, Compression = compression };
        int[] firsts = [1, 11, 21, 31];
        foreach (var first in backwards ? firsts.Reverse() : firsts)
            await scene.AddUsersAsync(first, first + 9);
        await scene.AddUsersAsync(41, 45, ("ENGAGEMENT_SEGMENT", "'Engaged'"));
        await scene.SetAsync("EMAIL = NULL, FULL_NAME = 'Zoë, \"Z\" Ångström 😀', REGION_NAME = ''", "USER_ID % 5 = 0");
        await scene.WriteDayAsync(runId: "merge-1");
        return scene;
    }
}
