using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

public sealed class LandingFolderTests : IDisposable
{
    private static readonly Core.Configuration.PipelineDefinition Pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loyalty-test-");
    private readonly List<string> _ignored = [];

    [Fact]
    public void Files_belong_to_the_table_they_are_named_after()
    {
        Touch(
            "USER_ACTIVITY_10.csv", "USER_ACTIVITY_02.csv.gz", "user_activity.2026-06.csv", "USER_ACTIVITY-3.jsonl",
            "SUPPORT_CALLS.parquet", "user_profile.CSV", "DW_C.REGION_METADATA.ndjson.gz");
        Assert.Equal(
            [
                "DW_A.USER_PROFILE: user_profile.CSV",
                "DW_A.USER_ACTIVITY: USER_ACTIVITY_02.csv.gz, USER_ACTIVITY-3.jsonl, USER_ACTIVITY_10.csv, user_activity.2026-06.csv",
                "DW_B.SUPPORT_CALLS: SUPPORT_CALLS.parquet",
                "DW_C.REGION_METADATA: DW_C.REGION_METADATA.ndjson.gz",
            ],
            Find());
        Assert.Empty(_ignored);
    }

    [Theory]
    [InlineData("USER_ACTIVITY_2026-06-30.csv")]
    [InlineData("USER_ACTIVITY-20260630T0400.csv.gz")]
    [InlineData("USER_ACTIVITY_20260630T040000Z.jsonl")]
    [InlineData("USER_ACTIVITY.part1.parquet")]
    [InlineData("user_activity_part-03.csv")]
    [InlineData("USER_ACTIVITY_2026-06-30_02.csv")]
    [InlineData("DW_A.USER_ACTIVITY_2026-06-30.part2.csv")]
    [InlineData("USER_ACTIVITY_2024_02_29.csv")]
    [InlineData("USER_ACTIVITY_00000045.csv")]
    [InlineData("USER_ACTIVITY_part2561.csv")]
    [InlineData("USER_ACTIVITY_2026063000.csv")]
    [InlineData("USER_ACTIVITY_30-06-2026.csv")]
    [InlineData("USER_ACTIVITY_06-30-2026.csv")]
    [InlineData("USER_ACTIVITY_6.6.2026.csv")]
    [InlineData("USER_ACTIVITY_30062026.csv")]
    [InlineData("USER_ACTIVITY_20122026.csv")]
    [InlineData("USER_ACTIVITY_20260630235959.csv")]
    [InlineData("USER_ACTIVITY_2026-06.csv")]
    [InlineData("USER_ACTIVITY_06-2026.csv")]
    [InlineData("USER_ACTIVITY_2026-6-30.csv")]
    [InlineData("USER_ACTIVITY_2026-06-30_2015-30.csv")]
    [InlineData("USER_ACTIVITY_20260630_23595999.csv")]
    [InlineData("USER_ACTIVITY_2026-06-30-13-59-4000.csv")]
    [InlineData("USER_ACTIVITY_20260601_20260630.csv")]
    [InlineData("USER_ACTIVITY_0007.csv")]
    [InlineData("USER_ACTIVITY_1.csv")]
    [InlineData("USER_ACTIVITY.part-00012.csv")]
    [InlineData("USER_ACTIVITY_part-99999999.csv")]
    [InlineData("USER_ACTIVITY_00012026.csv")]
    [InlineData("USER_ACTIVITY_9999999.csv")]
    [InlineData("USER_ACTIVITY_1719705600.csv")]
    [InlineData("USER_ACTIVITY_01_02_0003.csv")]
    [InlineData("USER_ACTIVITY_12-30-06-2026.csv")]
    [InlineData("USER_ACTIVITY_13-2026.csv")]
    public void A_name_may_say_day_time_and_part(string name)
    {
        Touch(name);
        Assert.Equal([$"DW_A.USER_ACTIVITY: {name}"], Find());
        Assert.Empty(_ignored);
    }

    [Theory]
    [InlineData("USER_ACTIVITY_old.csv")]
    [InlineData("USER_ACTIVITY (1).csv")]
    [InlineData("USER_ACTIVITY2.csv")]
    [InlineData("USER_ACTIVITY_2026-06-30_draft.csv")]
    [InlineData("MY_USER_ACTIVITY.csv")]
    [InlineData("USER_ACTIVITY_2026-13-45.csv")]
    [InlineData("USER_ACTIVITY_20260231.csv.gz")]
    [InlineData("USER_ACTIVITY-2026.02.29.part1.parquet")]
    [InlineData("USER_ACTIVITY_2026-06-30T2561Z.csv")]
    [InlineData("USER_ACTIVITY_20260630T240000.csv")]
    [InlineData("USER_ACTIVITY_31-02-2026.csv")]
    [InlineData("USER_ACTIVITY_31.02.2026T0400.csv.gz")]
    [InlineData("USER_ACTIVITY_31022026.csv")]
    [InlineData("USER_ACTIVITY_99-99-9999.csv")]
    [InlineData("USER_ACTIVITY_99999999.csv")]
    [InlineData("USER_ACTIVITY_20261301T0400.csv")]
    [InlineData("USER_ACTIVITY_20260231040000.csv")]
    [InlineData("USER_ACTIVITY_20260630245959.csv")]
    [InlineData("USER_ACTIVITY_2026-2-31.csv")]
    [InlineData("USER_ACTIVITY_31-2-2026.csv")]
    [InlineData("USER_ACTIVITY_2026-13.csv")]
    [InlineData("USER_ACTIVITY_2026.00.part1.csv")]
    [InlineData("USER_ACTIVITY_20260601_20260631.csv")]
    [InlineData("USER_ACTIVITY_05-06-2026.csv")]
    [InlineData("USER_ACTIVITY_05062026.csv")]
    [InlineData("USER_ACTIVITY_01_02_2026_06_30.csv")]
    [InlineData(".USER_ACTIVITY.csv")]
    [InlineData("_USER_ACTIVITY_2026-06-30.jsonl.gz")]
    public void A_name_that_says_something_else_is_left_out(string name)
    {
        Touch(name, "USER_PROFILE.csv");
        Assert.Equal(["DW_A.USER_PROFILE: USER_PROFILE.csv"], Find());
        Assert.Contains(name, Assert.Single(_ignored), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("USER_ACTIVITY.csv", true)]
    [InlineData("USER_ACTIVITY.csv", false)]
    [InlineData("USER_ACTIVITY_2026-06-30.parquet", true)]
    public void A_folder_named_like_a_file_is_read_as_its_parts(string name, bool isComplete)
    {
        var folder = _folder.CreateSubdirectory(name).Name;
        Touch(
            "part-00001-af.csv", $"{folder}/part-00001-af.snappy", $"{folder}/part-00000", $"{folder}/.part-00000.crc", "USER_PROFILE.csv");
        if (isComplete)
            Touch($"{folder}/_SUCCESS");
        Assert.Equal(
            ["DW_A.USER_PROFILE: USER_PROFILE.csv", $"DW_A.USER_ACTIVITY: {name}/part-00000, {name}/part-00001-af.snappy"], Find());
        Assert.Equal(isComplete ? 1 : 2, _ignored.Count);
        Assert.Equal(!isComplete, _ignored.Exists(message => message.Contains("_SUCCESS", StringComparison.Ordinal)));
        var direct = new LandingFolder(Pipeline.Catalog, _ignored.Add).Find(Path.Combine(_folder.FullName, name), table: null).Single();
        Assert.Equal(2, direct.Count());
    }

    [Fact]
    public void A_folder_of_parts_that_holds_another_folder_is_refused()
    {
        _folder.CreateSubdirectory("USER_ACTIVITY.parquet").CreateSubdirectory("day=2026-06-30");
        Touch("USER_ACTIVITY.parquet/part-0.parquet");
        Assert.Equal("SourceFileUnreadable", Refused(_folder.FullName, table: null));

        Touch("USER_PROFILE.csv");
        var failed = new List<LoyaltyException>();
        Assert.Equal(
            "USER_PROFILE.csv",
            new LandingFolder(Pipeline.Catalog, _ignored.Add, failed.Add).Find(_folder.FullName, table: null).Single().Single().Name);
        Assert.Equal("SourceFileUnreadable", Assert.Single(failed).ErrorId);
    }

    [Fact]
    public void What_is_no_file_is_left_out_and_named()
    {
        Touch("USER_PROFILE.csv");
        SymbolicLink.ToFile(Path.Combine(_folder.FullName, "USER_ACTIVITY.csv"), Path.Combine(_folder.FullName, "gone.csv"));
        _folder.CreateSubdirectory("later");
        if (!OperatingSystem.IsWindows())
            SymbolicLink.ToFile(Path.Combine(_folder.FullName, "SUPPORT_CALLS.csv"), "/dev/zero");
        Assert.Equal(["DW_A.USER_PROFILE: USER_PROFILE.csv"], Find());
        Assert.Contains(
            _ignored, message => message.EndsWith("USER_ACTIVITY.csv is left out: it is a link to nothing.", StringComparison.Ordinal));
        Assert.Contains(_ignored, message => message.EndsWith("later is left out: it is a folder.", StringComparison.Ordinal));
        Assert.Equal(OperatingSystem.IsWindows() ? 2 : 3, _ignored.Count);
        Assert.Equal("SourceFileUnreadable", Refused(Path.Combine(_folder.FullName, "USER_ACTIVITY.csv"), table: null));
    }

    [Theory]
    [InlineData("2026-13-45", "a day, month or time that there is none of")]
    [InlineData("31-02-2026", "a day, month or time that there is none of")]
    [InlineData("2026-13", "a day, month or time that there is none of")]
    [InlineData("99999999", "a day, month or time that there is none of")]
    [InlineData("05-06-2026", "which may be more than one day")]
    public void That_there_is_no_such_day_or_nobody_knows_which_is_said(string day, string fault)
    {
        var name = $"USER_ACTIVITY_{day}.csv";
        Touch(name, "USER_PROFILE.csv");
        Find();
        Assert.EndsWith(
            $"{name} is left out: its name says {day}, {fault}; a day is written 2026-06-30.", Assert.Single(_ignored),
            StringComparison.Ordinal);
        Assert.Equal("SourceTableUnknown", Refused(Path.Combine(_folder.FullName, name), table: null));
        Assert.Contains(name, Assert.Single(Find(table: "USER_ACTIVITY")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_SUCCESS")]
    [InlineData(".DS_Store")]
    [InlineData("._USER_ACTIVITY.csv")]
    [InlineData(".USER_ACTIVITY.csv.crc")]
    [InlineData(".USER_ACTIVITY.csv.Ab12Cd")]
    [InlineData("USER_ACTIVITY.csv.part")]
    [InlineData("USER_ACTIVITY.csv.gz.filepart")]
    [InlineData("USER_ACTIVITY.parquet.tmp")]
    [InlineData("USER_ACTIVITY.csv._COPYING_")]
    public void Marks_of_other_programs_and_what_is_being_copied_are_passed_over(string name)
    {
        Touch(name, "USER_PROFILE.csv");
        Assert.Equal(["DW_A.USER_PROFILE: USER_PROFILE.csv"], Find());
        Assert.Empty(_ignored);
    }

    [Fact]
    public void Other_files_are_left_out_and_named_but_hidden_ones()
    {
        Touch(
            "USER_PROFILE.csv", "README.md", "USERS.csv", ".USERS.csv", "_SUCCESS", "USER_ACTIVITY.parquet.gz", "USER_ACTIVITY.csv.zip",
            "USER_ACTIVITY");
        Assert.Equal(["DW_A.USER_PROFILE: USER_PROFILE.csv"], Find());
        Assert.Equal(5, _ignored.Count);
        Assert.DoesNotContain(_ignored, message => message.Contains(".USERS.csv", StringComparison.Ordinal));
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

    // Whatever was copied or is written otherwise is no part.
    [Fact]
    public void A_part_that_is_still_copied_or_of_another_format_is_none()
    {
        _folder.CreateSubdirectory("USER_ACTIVITY.csv");
        Touch(
            "USER_ACTIVITY.csv/part-0.csv", "USER_ACTIVITY.csv/part-0.csv.tmp", "USER_ACTIVITY.csv/part-1.csv.filepart",
            "USER_ACTIVITY.csv/part-2.json", "USER_ACTIVITY.csv/part-3.parquet", "USER_ACTIVITY.csv/_SUCCESS");
        Assert.Equal(["DW_A.USER_ACTIVITY: USER_ACTIVITY.csv/part-0.csv"], Find());
        Assert.Equal(2, _ignored.Count);
        Assert.All(_ignored, message => Assert.Contains("does not end as that of the folder does", message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("REGION_METADATA_20260630.csv", "REGION_METADATA_2026-07-01.csv")]
    [InlineData("REGION_METADATA_2026-06-30_0500.csv", "REGION_METADATA_2026-06-30T10-00.csv.gz")]
    [InlineData("REGION_METADATA-20260630T040000Z.csv", "REGION_METADATA-20260630T0401.csv")]
    [InlineData("REGION_METADATA_2026-06-30.part9.csv", "REGION_METADATA_2026-06-30.part10.csv")]
    [InlineData("REGION_METADATA.part2.csv", "REGION_METADATA.part10.csv")]
    [InlineData("REGION_METADATA.csv", "REGION_METADATA_2026-06-30.csv")]
    [InlineData("REGION_METADATA_2026-06-29_12.csv", "REGION_METADATA_2026-06-30_2.csv")]
    [InlineData("REGION_METADATA_30-06-2026.csv", "REGION_METADATA_2026-07-01.csv")]
    [InlineData("REGION_METADATA_31.12.2025.csv", "REGION_METADATA_13.01.2026.csv")]
    [InlineData("REGION_METADATA_30062026.csv", "REGION_METADATA_14072026.csv")]
    [InlineData("REGION_METADATA_2026-06-30_0500.csv", "REGION_METADATA_20260630060000.csv")]
    [InlineData("REGION_METADATA_12-2025.csv", "REGION_METADATA_01-2026.csv")]
    [InlineData("REGION_METADATA_2026-06-30.csv", "REGION_METADATA_2026-07.csv")]
    [InlineData("REGION_METADATA_2026-9-30.csv", "REGION_METADATA_2026-10-1.csv")]
    public void Files_are_in_order_of_the_days_times_and_numbers_in_their_names(string earlier, string later)
    {
        Touch(later, earlier);
        Assert.Equal([$"DW_C.REGION_METADATA: {earlier}, {later}"], Find());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Touch(params string[] names)
    {
        foreach (var name in names)
            File.WriteAllText(Path.Combine(_folder.FullName, name), string.Empty);
    }

    private List<string> Find(string? table = null) => [.. new LandingFolder(Pipeline.Catalog, _ignored.Add).Find(_folder.FullName, table)
        .Select(group => $"{group.Key}: {string.Join(", ", group.Select(file => file.Name))}")];

    private string Refused(string path, string? table) =>
        Assert.Throws<LoyaltyException>(() => new LandingFolder(Pipeline.Catalog, _ignored.Add).Find(path, table)).ErrorId;
}
