using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Whatever is done to a delivery where it lies, the check whose matter it is fails, and no other.</summary>
public sealed class VerificationTests
{
    private const string Part = "part-00001.csv";

    public static TheoryData<FileFormat, FileCompression> Forms =>
        new MatrixTheoryData<FileFormat, FileCompression>(Enum.GetValues<FileFormat>(), Enum.GetValues<FileCompression>());

    public static TheoryData<FileFormat> Formats => [.. Enum.GetValues<FileFormat>()];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Good_deliveries_pass_every_check(FileFormat format, FileCompression compression)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        scene.Consumer = scene.Consumer with { Format = format, Compression = compression };
        var full = await scene.DeliverAsync();
        await scene.SetAsync("EMAIL = NULL", "USER_ID = 2");
        await scene.SuppressAsync(5);
        await scene.WriteDayAsync(1);
        var diff = await scene.DeliverAsync(DeliveryMode.Diff);

        foreach (var result in new[] { full, diff })
        {
            var checks = await scene.VerifyAsync(result.Manifest);
            Assert.All(checks, check => Assert.True(check.Passed, check.ToString()));
            string[] ofDiff = result.Mode == DeliveryMode.Diff ? ["Base"] : [];
            Assert.Equal(
                ["Manifest", "Files", .. ofDiff, "Size", "Sha256", "Columns", "Rows", "Order", "Totals"],
                checks.Select(check => check.Check));
        }
    }

    [Fact]
    public async Task A_delivery_is_found_by_manifest_folder_and_latest()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        var result = await scene.DeliverAsync();
        var feed = Path.Combine(scene.Destination, "Crm", "HighlyEngaged");

        foreach (var location in new[] { result.Manifest, DeliveryScene.FolderOf(result), DeliveryScene.FolderOf(result) + "/", feed,
            Path.Combine(feed, "latest.json") })
            Assert.Empty(await scene.FailuresAsync(location));
        var nothing = await Assert.ThrowsAsync<LoyaltyException>(() => scene.VerifyAsync(Path.Combine(scene.Destination, "Crm")));
        Assert.Equal("DeliveryNotFound", nothing.ErrorId);
    }

    [Theory]
    [InlineData("missing", "Files", "Size part-00001.csv", "Totals")]
    [InlineData("extra", "Files")]
    [InlineData("byte", "Sha256 part-00001.csv")]
    [InlineData("appended blank line", "Size part-00001.csv", "Sha256 part-00001.csv")]
    [InlineData("row removed", "Size part-00001.csv", "Sha256 part-00001.csv", "Rows part-00001.csv", "Totals")]
    public async Task Files_are_as_they_were_delivered(string what, params string[] failures)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        var result = await scene.DeliverAsync();
        var path = Path.Combine(DeliveryScene.FolderOf(result), Part);
        switch (what)
        {
            case "missing":
                File.Delete(path);
                break;
            case "extra":
                File.Copy(path, Path.Combine(DeliveryScene.FolderOf(result), "part-00002.csv"));
                break;
            case "byte":
                Change(path, text => text.Replace("u3@", "u4@", StringComparison.Ordinal));
                break;
            case "row removed":
                Change(path, text => text[..(text[..^1].LastIndexOf('\n') + 1)]);
                break;
            default:
                Change(path, text => text + "\n");
                break;
        }

        Assert.Equal(failures, await scene.FailuresAsync(result.Manifest));
    }

    // Here the manifest agrees with the bytes, as if the files had been wrong from the start.
    [Theory]
    [InlineData("a column called otherwise", "Columns part-00001.csv")]
    [InlineData("rows swapped", "Order part-00001.csv")]
    [InlineData("a row twice", "Order part-00001.csv")]
    [InlineData("a number that is none", "Rows part-00001.csv", "Totals")]
    [InlineData("a time that is none", "Rows part-00001.csv", "Totals")]
    [InlineData("a cell too few", "Rows part-00001.csv", "Totals")]
    [InlineData("rows removed", "Rows part-00001.csv", "Totals")]
    public async Task Contents_are_what_the_manifest_says_of_them(string what, params string[] failures)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        scene.Consumer = scene.Consumer with { Columns = ["USER_ID", "LOGINS_30D", "SIGNED_UP_AT", "EMAIL"] };
        var result = await scene.DeliverAsync();
        var path = Path.Combine(DeliveryScene.FolderOf(result), Part);
        var lines = await File.ReadAllLinesAsync(path, TestWarehouse.Token);
        switch (what)
        {
            case "a column called otherwise":
                lines[0] = lines[0].Replace("EMAIL", "E_MAIL", StringComparison.Ordinal);
                break;
            case "rows swapped":
                (lines[2], lines[3]) = (lines[3], lines[2]);
                break;
            case "a row twice":
                lines[3] = lines[2];
                break;
            case "a number that is none":
                lines[2] = lines[2].Replace("2,2,", "2,two,", StringComparison.Ordinal);
                break;
            case "a time that is none":
                lines[2] = lines[2].Replace("2023-01-02T", "2023-13-02T", StringComparison.Ordinal);
                break;
            case "a cell too few":
                lines[2] = lines[2][..lines[2].LastIndexOf(',')];
                break;
            default:
                lines = lines[..^2];
                break;
        }

        Change(path, _ => string.Join('\n', lines) + "\n");
        Agree(result, path);
        Assert.Equal(failures, await scene.FailuresAsync(result.Manifest));
    }

    [Fact]
    public async Task Of_columns_only_those_are_named_that_are_missing()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        scene.Consumer = scene.Consumer with { Columns = ["USER_ID", "LOGINS_30D", "EMAIL"] };
        var result = await scene.DeliverAsync();
        var path = Path.Combine(DeliveryScene.FolderOf(result), Part);
        var text = await File.ReadAllTextAsync(path, TestWarehouse.Token);

        Change(path, _ => text.Replace("EMAIL", "E_MAIL", StringComparison.Ordinal));
        Agree(result, path);
        Assert.Equal("3 columns, not the 3 of the manifest; missing: EMAIL", await DetailAsync());

        Change(path, _ => text.Replace("LOGINS_30D,EMAIL", "EMAIL,LOGINS_30D", StringComparison.Ordinal));
        Agree(result, path);
        Assert.Equal("3 columns, not the 3 of the manifest in their order", await DetailAsync());

        async Task<string> DetailAsync() =>
            (await scene.VerifyAsync(result.Manifest)).Single(check => check is { Check: "Columns", Passed: false }).Detail;
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_file_that_was_cut_off_is_not_read(FileFormat format)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 500);
        scene.Consumer = scene.Consumer with { Format = format, Compression = FileCompression.Gzip };
        var result = await scene.DeliverAsync();
        var path = Path.Combine(DeliveryScene.FolderOf(result), result.Files[0].Name);
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path, TestWarehouse.Token))[..^2000], TestWarehouse.Token);

        var failures = await scene.FailuresAsync(result.Manifest);
        Assert.Equal([$"Size {result.Files[0].Name}", $"Sha256 {result.Files[0].Name}"], failures.Take(2));
        Assert.Contains($"Rows {result.Files[0].Name}", failures);
        Assert.Contains("Totals", failures);
    }

    [Theory]
    [InlineData("\"rows\": 5,\n      \"bytes\"", "\"rows\": 6,\n      \"bytes\"", "Rows part-00001.csv")]
    [InlineData("\"audience\": 5", "\"audience\": 6", "Totals")]
    [InlineData("\"rows\": 5,\n  \"added\"", "\"rows\": 6,\n  \"added\"", "Totals")]
    [InlineData("\"sha256\": \"", "\"sha256\": \"0", "Sha256 part-00001.csv")]
    [InlineData("\"bytes\": ", "\"bytes\": 1", "Size part-00001.csv")]
    [InlineData("\"format_version\": 1", "\"format_version\": 2", "Manifest")]
    [InlineData("\"name\": \"PHONE\"", "\"name\": \"FAX\"", "Columns part-00001.csv")]
    public async Task The_manifest_is_not_believed(string text, string replacement, params string[] failures)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        var result = await scene.DeliverAsync();
        Change(result.Manifest, manifest => manifest.Replace(text, replacement, StringComparison.Ordinal));

        Assert.Equal(failures, await scene.FailuresAsync(result.Manifest));
        // latest.json knows which manifest was meant.
        Assert.Contains("Manifest", await scene.FailuresAsync(Path.Combine(scene.Destination, "Crm", "HighlyEngaged")));
    }

    [Theory]
    [InlineData("{", "{ \"surprise\": 1,")]
    [InlineData("\"audience\"", "\"audiences\"")]
    [InlineData("\"Full\"", "\"Whole\"")]
    [InlineData("\"Full\"", "0")]
    [InlineData("\"consumer\": \"Crm\"", "\"consumer\": null")]
    public async Task A_manifest_that_is_none_is_refused_with_its_place(string text, string replacement)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        var result = await scene.DeliverAsync();
        Change(result.Manifest, manifest => manifest.Replace(text, replacement, StringComparison.Ordinal));

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => scene.VerifyAsync(result.Manifest));
        Assert.Equal("ManifestInvalid", error.ErrorId);
        Assert.Contains(result.Manifest + " line ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"part-00001.csv\"", "\"../part-00001.csv\"", "file")]
    [InlineData("\"part-00001.csv\"", "\"/part-00001.csv\"", "file")]
    [InlineData("\"name\": \"USER_ID\"", "\"name\": \"1), COUNT(USER_ID\"", "column")]
    [InlineData("\"type\": \"BIGINT\"", "\"type\": \"BIGINT', 'X': 'INT\"", "type")]
    public async Task Names_that_would_leave_the_folder_or_become_sql_are_refused(string text, string replacement, string what)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        var result = await scene.DeliverAsync();
        Change(result.Manifest, manifest => manifest.Replace(text, replacement, StringComparison.Ordinal));

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => scene.VerifyAsync(result.Manifest));
        Assert.Equal("ManifestInvalid", error.ErrorId);
        Assert.Contains($"{result.Manifest} names a {what} '", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latest_leads_nowhere_but_to_a_delivery_beside_it()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        await scene.DeliverAsync();
        var latest = Path.Combine(scene.Destination, "Crm", "HighlyEngaged", "latest.json");
        Change(latest, text => text.Replace("\"run_date=", "\"../../elsewhere/run_date=", StringComparison.Ordinal));

        Assert.Equal("ManifestInvalid", (await Assert.ThrowsAsync<LoyaltyException>(() => scene.VerifyAsync(latest))).ErrorId);
    }

    [Fact]
    public async Task Latest_leads_to_the_delivery_it_names()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        var first = await scene.DeliverAsync();
        await scene.WriteDayAsync(1);
        var second = await scene.DeliverAsync();
        var latest = Path.Combine(scene.Destination, "Crm", "HighlyEngaged", "latest.json");
        var whole = await File.ReadAllTextAsync(latest, TestWarehouse.Token);

        Change(latest, text => text.Replace($"2024-04-01/{second.DeliveryId}", $"2024-03-31/{first.DeliveryId}", StringComparison.Ordinal));
        Assert.Equal(["Manifest"], await scene.FailuresAsync(latest));
        Change(latest, _ => whole.Replace("\"manifest_sha256\": \"", "\"manifest_sha256\": \"0", StringComparison.Ordinal));
        Assert.Equal(["Manifest"], await scene.FailuresAsync(latest));
        Change(latest, _ => whole.Replace(second.DeliveryId, "0123456789abcdef0123", StringComparison.Ordinal));
        Assert.Equal("DeliveryNotFound", (await Assert.ThrowsAsync<LoyaltyException>(() => scene.VerifyAsync(latest))).ErrorId);
        Change(latest, _ => "[]");
        Assert.Equal("ManifestInvalid", (await Assert.ThrowsAsync<LoyaltyException>(() => scene.VerifyAsync(latest))).ErrorId);
    }

    [Fact]
    public async Task A_diff_holds_the_changes_its_manifest_counts()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        await scene.DeliverAsync();
        await scene.SuppressAsync(2);
        var result = await scene.DeliverAsync(DeliveryMode.Diff);
        var path = Path.Combine(DeliveryScene.FolderOf(result), Part);
        Change(path, text => text.Replace("removed,", "changed,", StringComparison.Ordinal));
        Agree(result, path);

        Assert.Equal(["Totals"], await scene.FailuresAsync(result.Manifest));
    }

    private static void Change(string path, Func<string, string> change)
    {
        var text = File.ReadAllText(path);
        var changed = change(text);
        Assert.NotEqual(text, changed);
        File.WriteAllText(path, changed);
    }

    private static void Agree(DeliveryResult result, string path)
    {
        var manifest = DeliveryScene.ManifestOf(result);
        var bytes = File.ReadAllBytes(path);
        var file = new ManifestFile
        {
            Name = manifest.Files[0].Name,
            Rows = manifest.Files[0].Rows,
            Bytes = bytes.Length,
            Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)),
        };
        File.WriteAllText(result.Manifest, ManifestJson.Write(manifest with { Files = [file] }));
    }
}
