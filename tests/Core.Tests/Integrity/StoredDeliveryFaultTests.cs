using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>Deliveries that were changed where they lie, or in the log: log, manifest and files must be the same.</summary>
public sealed class StoredDeliveryFaultTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Drop => Path.Combine(_folder.Path, "drop");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_manifest_that_is_gone() =>
        await AssertFaultAsync(folder => File.Delete(Path.Combine(folder, "manifest.json")), "has no manifest");

    [Fact]
    public async Task A_manifest_that_was_changed() =>
        await AssertFaultAsync(folder => File.AppendAllText(Path.Combine(folder, "manifest.json"), " "), "has another manifest");

    [Fact]
    public async Task A_file_that_is_gone() => await AssertFaultAsync(folder => File.Delete(PartOf(folder)), "lacks part-00001");

    [Fact]
    public async Task A_file_of_another_size() =>
        await AssertFaultAsync(folder => File.AppendAllText(PartOf(folder), "x"), "bytes instead of");

    [Fact]
    public async Task A_file_too_many() =>
        await AssertFaultAsync(folder => File.WriteAllText(Path.Combine(folder, "part-00002.csv"), "x"), "1 files too many");

    [Fact]
    public async Task A_log_that_has_another_manifest() =>
        await AssertFaultAsync("UPDATE LOYALTY.DELIVERY SET MANIFEST_SHA256 = 'x' WHERE SEQUENCE_NUMBER = 1", "has another manifest");

    [Fact]
    public async Task A_log_that_has_other_files() =>
        await AssertFaultAsync(
            "UPDATE LOYALTY.DELIVERY_FILE SET SHA256 = 'x' WHERE SEQUENCE_NUMBER = 1", "has other files in its manifest");

    [Theory]
    [InlineData("RUN_DATE = RUN_DATE - 1", "RUN_DATE")]
    [InlineData("BASE_ID = 'x'", "BASE_ID")]
    [InlineData("MERGE_RUN_ID = 'x'", "MERGE_RUN_ID")]
    [InlineData("AUDIENCE = AUDIENCE + 1", "AUDIENCE")]
    [InlineData("ROW_COUNT = ROW_COUNT + 1, BYTES = BYTES + 1", "ROW_COUNT, BYTES")]
    [InlineData("ADDED = ADDED + 1, CHANGED = CHANGED + 1, REMOVED = REMOVED + 1", "ADDED, CHANGED, REMOVED")]
    [InlineData(
        "NO_CONSENT = NO_CONSENT + 1, CLOSED_ACCOUNT = CLOSED_ACCOUNT + 1, SUSPENDED_ACCOUNT = SUSPENDED_ACCOUNT + 1, SUPPRESSED = SUPPRESSED + 1", "NO_CONSENT, CLOSED_ACCOUNT, SUSPENDED_ACCOUNT, SUPPRESSED")]
    public async Task A_log_that_says_other_than_the_manifest(string change, string columns)
    {
        await using var test = await clean.CopyAsync(Drop);
        await test.ExecuteAsync($"UPDATE LOYALTY.DELIVERY SET {change} WHERE SEQUENCE_NUMBER = 1");

        var results = await RunAsync(test);

        var found = results.Single(result => result.CheckId == "LOYALTY.DELIVERY.stored");
        Assert.Equal((CheckStatus.Failed, 1, 2), (found.Status, found.Violations, found.Total));
        Assert.EndsWith($"has in the log, other than in its manifest, {columns}", Assert.Single(found.Sample), StringComparison.Ordinal);
        Assert.Contains("compared by name and size, what is in them Test-SegmentDelivery reads", found.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// The same delivery again, from a warehouse in which other users count as new: its log differs from the manifest of the first, and
    /// nothing is wrong.
    /// </summary>
    [Fact]
    public async Task What_was_published_again_is_as_it_was()
    {
        await using var test = await clean.CopyAsync(Drop);
        await test.ExecuteAsync(
            "INSERT INTO LOYALTY.DELIVERY SELECT * REPLACE (3 AS SEQUENCE_NUMBER, 0 AS ADDED, STARTED_AT + INTERVAL '1 hour' AS STARTED_AT) FROM LOYALTY.DELIVERY WHERE SEQUENCE_NUMBER = 1");

        Assert.Equal(CheckStatus.Passed, (await RunAsync(test)).Single(result => result.CheckId == "LOYALTY.DELIVERY.stored").Status);
    }

    [Fact]
    public async Task A_destination_that_is_gone_is_an_error_and_the_other_checks_are_made()
    {
        await using var test = await clean.CopyAsync(Drop);
        Directory.Delete(Drop, recursive: true);
        File.WriteAllText(Drop, "in the way");

        var results = await RunAsync(test);

        Assert.Equal("Error LOYALTY.DELIVERY.stored", Assert.Single(Said(results)));
        Assert.Contains(Drop, results.Single(result => result.Status == CheckStatus.Error).Message, StringComparison.Ordinal);
    }

    private static string PartOf(string folder) => Directory.EnumerateFiles(folder, "part-*").Single();

    private static IEnumerable<string> Said(IReadOnlyList<CheckResult> results) =>
        results.Where(result => result.Status is not (CheckStatus.Passed or CheckStatus.Skipped))
            .Select(result => $"{result.Status} {result.CheckId}");

    private static Task<IReadOnlyList<CheckResult>> RunAsync(TestWarehouse test) =>
        new IntegrityRunner(test.Pipeline).RunAsync(
            test.Warehouse, new IntegrityOptions { Suites = [CheckSuite.Deliveries], IncludeDeliveries = true }, test.Reporter,
            TestWarehouse.Token);

    private async Task AssertFaultAsync(Action<string> plant, string said)
    {
        await using var test = await clean.CopyAsync(Drop);
        plant(
            Path.GetDirectoryName(
                Directory.EnumerateFiles(Path.Combine(Drop, "Marketing"), "manifest.json", SearchOption.AllDirectories).Single())!);
        await AssertFoundAsync(test, said);
    }

    private async Task AssertFaultAsync(string sql, string said)
    {
        await using var test = await clean.CopyAsync(Drop);
        await test.ExecuteAsync(sql);
        await AssertFoundAsync(test, said);
    }

    private static async Task AssertFoundAsync(TestWarehouse test, string said)
    {
        var results = await RunAsync(test);

        Assert.Equal("Failed LOYALTY.DELIVERY.stored", Assert.Single(Said(results)));
        var found = results.Single(result => result.Status == CheckStatus.Failed);
        Assert.Equal((1, 2), (found.Violations, found.Total));
        Assert.Contains(said, Assert.Single(found.Sample), StringComparison.Ordinal);
    }
}
