using Xunit;
using static LoyaltyPipeline.Core.Tests.Truth.Moments;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Real purchases: the public CDNOW data set, where it lies beside the repository.</summary>
[Trait("Group", "TestSupport")]
public sealed class CdnowTests
{
    [Fact]
    public void Totals_are_those_of_the_published_data_set()
    {
        var result = ReferenceMaster.Build(LandingFolderReader.Read(Folder()), Date("1998-06-30"));

        Assert.Empty(result.Rejected);
        Assert.Equal(23_570, result.Master.Count);
        Assert.Equal(69_659, result.Master.Sum(row => row.PurchasesTotal));
        Assert.Equal(2_500_315.63m, result.Master.Sum(row => row.PurchaseAmountTotal));
        Assert.Equal(new SourceCount(69_659, 69_659, 0), result.Counts["DW_A.USER_ACTIVITY"]);
        Assert.Equal(new SourceCount(401_288, 401_288, 0), result.Counts["DW_A.ENGAGEMENT_SCORE"]);
        Assert.All(result.Master, row => Assert.Equal("United States", row.RegionName));
        Assert.All(result.Master, row => Assert.Equal(35.00m, row.LowEngagementBelow));
    }

    [Fact]
    public void An_early_day_knows_only_its_own_users_and_thresholds()
    {
        var result = ReferenceMaster.Build(LandingFolderReader.Read(Folder()), Date("1997-01-01"));

        Assert.All(result.Master, row => Assert.Equal(Time("1997-01-01"), row.SignedUpAt));
        Assert.All(result.Master, row => Assert.Equal(40.00m, row.LowEngagementBelow));
        Assert.All(result.Master, row => Assert.Equal("Unscored", row.EngagementSegment));
        Assert.Equal(result.Counts["DW_A.USER_ACTIVITY"].Read, result.Master.Sum(row => row.PurchasesTotal));
    }

    private static string Folder()
    {
        var folder = Ancestors(AppContext.BaseDirectory)
            .Select(ancestor => Path.Combine(ancestor, "shared", "data", "cdnow"))
            .FirstOrDefault(Directory.Exists);
        Assert.SkipWhen(folder is null, "No shared/data/cdnow beside the repository.");
        return folder;
    }

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var directory = new DirectoryInfo(path); directory is not null; directory = directory.Parent)
            yield return directory.FullName;
    }
}
