using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

public sealed class LandingFolderTests : IDisposable
{
    private static readonly Core.Configuration.PipelineDefinition Pipeline = Core.Configuration.PipelineDefinition.Load(Repository.SqlFolder, configPath: null);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loyalty-test-");
    private readonly List<string> _ignored = [];

    [Fact]
    public void Files_belong_to_the_table_they_are_named_after()
    {
        Touch("USER_ACTIVITY_10.csv", "USER_ACTIVITY_02.csv.gz", "user_activity.2026-06.csv", "USER_ACTIVITY-3.jsonl", "SUPPORT_CALLS.parquet", "user_profile.CSV", "DW_C.REGION_METADATA.ndjson.gz");
        Assert.Equal(
            [
                "DW_A.USER_PROFILE: user_profile.CSV",
                "DW_A.USER_ACTIVITY: USER_ACTIVITY-3.jsonl, USER_ACTIVITY_02.csv.gz, USER_ACTIVITY_10.csv",
                "DW_B.SUPPORT_CALLS: SUPPORT_CALLS.parquet",
                "DW_C.REGION_METADATA: DW_C.REGION_METADATA.ndjson.gz",
            ],
            Find());
        Assert.Contains("2026-06", Assert.Single(_ignored), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_are_left_out_and_named_but_hidden_ones()
    {
        Touch("USER_PROFILE.csv", "README.md", "USERS.csv", ".USER_ACTIVITY.csv", "_USER_ACTIVITY.csv", "USER_ACTIVITY.parquet.gz", "USER_ACTIVITY.csv.zip", "USER_ACTIVITY");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "SUPPORT_CALLS.csv"));
        Assert.Equal(["DW_A.USER_PROFILE: USER_PROFILE.csv"], Find());
        Assert.Equal(5, _ignored.Count);
        Assert.DoesNotContain(_ignored, message => message.Contains("_USER_ACTIVITY.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_given_takes_every_file()
    {
        Touch("january.csv", "february.csv", "notes.txt");
        Assert.Equal(["DW_B.SUPPORT_CALLS: february.csv, january.csv"], Find(table: "support_calls"));
        Assert.Single(_ignored);
    }

    [Theory]
    [InlineData("USERS.csv", null, "SourceTableUnknown")]
    [InlineData("USER_PROFILE.xlsx", null, "SourceFormatUnknown")]
    [InlineData("USER_PROFILE.parquet.gz", null, "SourceFormatUnknown")]
    [InlineData("USER_PROFILE", null, "SourceFormatUnknown")]
    [InlineData("USER_PROFILE.csv", "NO_TABLE", "SourceTableUnknown")]
    [InlineData("USER_PROFILE.csv", "LOYALTY.MASTER", "SourceTableUnknown")]
    public void A_file_that_cannot_be_placed_is_refused(string name, string? table, string errorId)
    {
        Touch(name);
        Assert.Equal(errorId, Refused(Path.Combine(_folder.FullName, name), table));
    }

    [Fact]
    public void A_path_without_files_is_refused()
    {
        Assert.Equal("SourcePathNotFound", Refused(_folder.FullName, table: null));
        Assert.Equal("SourcePathNotFound", Refused(Path.Combine(_folder.FullName, "none"), table: null));
        Touch("notes.txt", ".USER_PROFILE.csv");
        Assert.Equal("SourcePathNotFound", Refused(_folder.FullName, table: null));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Touch(params string[] names)
    {
        foreach (var name in names)
            File.WriteAllText(Path.Combine(_folder.FullName, name), string.Empty);
    }

    private List<string> Find(string? table = null) => [.. new LandingFolder(Pipeline.Catalog).Find(_folder.FullName, table, _ignored.Add)
        .Select(group => $"{group.Key}: {string.Join(", ", group.Select(file => file.Name))}")];

    private string Refused(string path, string? table) =>
        Assert.Throws<LoyaltyException>(() => new LandingFolder(Pipeline.Catalog).Find(path, table, _ignored.Add)).ErrorId;
}
