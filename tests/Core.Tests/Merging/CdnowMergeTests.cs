using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.Truth;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>Real purchases, from landing files to Master: the public CDNOW data set, where it lies beside the repository.</summary>
[Trait("Group", "LargeData")]
public sealed class CdnowMergeTests
{
    private static readonly DateOnly Day = new(1998, 6, 30);

    [Fact]
    public async Task Master_is_that_of_the_second_implementation()
    {
        var folder = Folder();
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportFolderAsync(folder);

        var result = await test.MergeAsync(Day);

        var expected = ReferenceMaster.Build(LandingFolderReader.Read(folder), Day);
        await using var connection = await test.ConnectAsync();
        Assert.Null(MasterDifference.Describe(expected.Master, MasterTable.Read(connection)));
        Assert.Equal((23_570, 23_570, 0), (result.Users, result.Inserted, result.Quarantined));
        Assert.Equal(
            ["69659|2500315.63"], await test.RowsAsync("SELECT SUM(PURCHASES_TOTAL), SUM(PURCHASE_AMOUNT_TOTAL) FROM LOYALTY.MASTER"));
        Assert.Equal(expected.Counts.Count, result.Sources.Count);
        Assert.All(result.Sources, source => Assert.Equal(
            expected.Counts[source.SourceTable], new SourceCount((int)source.RowsRead, (int)source.RowsUsed, (int)source.RowsQuarantined)));
        Assert.All(result.Sources, source => Assert.Equal(source.RowsRead, source.RowsUsed + source.RowsQuarantined));
        AssertWarnedOfMissing(test, folder);
    }

    [Fact]
    public async Task Replayed_day_by_day_each_day_is_that_of_the_second_implementation()
    {
        var folder = Folder();
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportFolderAsync(folder);
        var first = TestDepth.Of(fast: Day.AddDays(-19), full: new DateOnly(1997, 1, 1));
        var (days, compared) = (0, TestDepth.Of(fast: 2, full: 25));
        await foreach (var result in new ReplayRunner(test.Pipeline).RunAsync(
            test.Warehouse, new ReplayOptions(first, Day, Force: true), test.Reporter, TestWarehouse.Token))
            Assert.Equal(first.AddDays(days++).ToDateTime(default), result.RunDate);

        Assert.Equal(TestDepth.Of(fast: 20, full: 546), days);
        var sources = LandingFolderReader.Read(folder);
        await using var connection = await test.ConnectAsync();
        for (var number = 0; number < compared; number++)
        {
            var day = first.AddDays((days - 1) * number / (compared - 1));
            Assert.Null(MasterDifference.Describe(
                ReferenceMaster.Build(sources, day).Master,
                MasterTable.Read(
                    connection,
                    $"SELECT * EXCLUDE (SNAPSHOT_DATE) FROM LOYALTY.HISTORY_SNAPSHOT WHERE SNAPSHOT_DATE = DATE '{day:yyyy-MM-dd}'")));
        }
    }

    private static string Folder()
    {
        var folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", "cdnow"));
        if (!Directory.Exists(folder))
            folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "..", "shared", "data", "cdnow"));
        Assert.SkipUnless(Directory.Exists(folder), "No shared/data/cdnow beside the repository.");
        return folder;
    }

    private static void AssertWarnedOfMissing(TestWarehouse test, string folder)
    {
        var missing = test.Pipeline.Catalog.Sources.Where(source => Directory.GetFiles(folder, $"{source.Name.Table}.csv*").Length == 0)
            .ToList();
        Assert.Equal(SourceDefinitions.All.Count - Directory.GetFiles(folder, "*.csv*").Length, missing.Count);
        var warnings = test.Reporter.Warnings.Where(warning => warning.Contains("nothing is known for", StringComparison.Ordinal)).ToList();
        Assert.Equal(missing.Count, warnings.Count);
        Assert.All(missing, source => Assert.Contains(
            $"Source {source} has no row up to 1998-06-30: nothing is known for {string.Join(", ", test.Pipeline.Catalog.MasterColumnsFrom(source))}.", warnings));
    }
}
