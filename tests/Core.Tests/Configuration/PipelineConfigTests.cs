using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Configuration;

/// <summary>What <c>pipeline.yml</c> may say, and what is refused with file and line.</summary>
public sealed class PipelineConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_file_sources_are_schemas_of_the_warehouse_and_guards_have_their_defaults()
    {
        var config = PipelineLoader.Load(Repository.SqlFolder, configPath: null).Config;

        Assert.Empty(config.Sources);
        Assert.Equal(new GuardLimits(Deletes: 0.10m, SegmentMoves: 0.30m, Rejected: 0.30m, Duplicates: 1), config.Guards);
        Assert.Equal("DW_A.USER_ACTIVITY", config.Locate(new TableName("DW_A", "USER_ACTIVITY")));
    }

    [Fact]
    public void A_source_may_be_another_schema_or_a_file()
    {
        var config = Read("""
            sources:
              DW_A: {schema: crm_copy}
              DW_B: {file: data/support.duckdb}
              DW_C: {file: data/support.duckdb, schema: regions}
            """);

        Assert.Equal(new SourceLocation(null, "CRM_COPY"), config.Sources["DW_A"]);
        Assert.Equal(new SourceLocation(Path.Combine(_folder.Path, "data", "support.duckdb"), "MAIN"), config.Sources["DW_B"]);
        Assert.Equal("CRM_COPY.USER_PROFILE", config.Locate(new TableName("DW_A", "USER_PROFILE")));
        Assert.Matches("^FILE_SUPPORT_[0-9A-F]{8}[.]MAIN[.]SUPPORT_CALLS$", config.Locate(new TableName("DW_B", "SUPPORT_CALLS")));
        Assert.Equal(config.Sources["DW_B"].Database, config.Sources["DW_C"].Database);
        Assert.NotEqual(new SourceLocation("/a/x.duckdb", "MAIN").Database, new SourceLocation("/b/x.duckdb", "MAIN").Database);
        Assert.Matches("^FILE_A_B_C__[0-9A-F]{8}$", new SourceLocation("/x/a-b cé.duckdb", "MAIN").Database);
    }

    [Fact]
    public void A_second_document_and_a_file_that_is_not_there_are_said_to_be_so()
    {
        var second = Assert.Throws<LoyaltyException>(() => Read("guards: {}\n---\nguards: {}\n"));
        var absent = Assert.Throws<LoyaltyException>(
            () => PipelineLoader.Load(Repository.SqlFolder, Path.Combine(_folder.Path, "nope.yml")));

        Assert.Contains("line 3: a second document begins", second.Message, StringComparison.Ordinal);
        Assert.Equal(("ConfigInvalid", "ConfigInvalid"), (second.ErrorId, absent.ErrorId));
        Assert.Contains("Check the path", absent.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("own_checks: {a: {description: d, query: SELECT 1 AS N, warn: 10, error: 1}}")]
    [InlineData("checks: {LOYALTY.MASTER.unique: {warn: 2%, error: 1%}}")]
    public void A_limit_of_warnings_above_that_of_failures_is_refused(string integrity) =>
        Assert.Contains(
            "would never warn", Assert.Throws<LoyaltyException>(() => Read($"integrity: {{{integrity}}}")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("guards: {deletes: 5%}", "0.05", "0.3")]
    [InlineData("guards: {segment_moves: 100%}", "0.1", "1")]
    [InlineData("guards: {deletes: 0%, segment_moves: 12.5%}", "0", "0.125")]
    [InlineData("guards: {deletes: ' 7 %'}", "0.07", "0.3")]
    [InlineData("guards: {}", "0.1", "0.3")]
    public void Guards_are_percentages(string text, string deletes, string moves)
    {
        var guards = Read(text).Guards;

        Assert.Equal(decimal.Parse(deletes, System.Globalization.CultureInfo.InvariantCulture), guards.Deletes);
        Assert.Equal(decimal.Parse(moves, System.Globalization.CultureInfo.InvariantCulture), guards.SegmentMoves);
    }

    [Fact]
    public void Rejected_rows_and_duplicates_have_limits_too()
    {
        Assert.Equal(new GuardLimits(Rejected: 0.05m), Read("guards: {rejected: 5%}").Guards);
        Assert.Equal(new GuardLimits(Duplicates: 0.2m), Read("guards: {duplicates: 20%}").Guards);
    }

    [Theory]
    [InlineData("guards:\n  deletes: 10", 2, "'deletes' must be a percentage such as 30%, not '10'")]
    [InlineData("guards:\n  deletes: 0.1", 2, "'deletes' must be a percentage")]
    [InlineData("guards:\n  deletes: 5%\n  segment_moves: 101%", 3, "'segment_moves' must be a percentage")]
    [InlineData("guards:\n  deletes: -1%", 2, "'deletes' must be a percentage")]
    [InlineData("guards:\n  deletes: '%'", 2, "'deletes' must be a percentage")]
    [InlineData("guards:\n  deletes: many%", 2, "'deletes' must be a percentage")]
    [InlineData("guards:\n  deletes:", 2, "'deletes' must be a text")]
    [InlineData("guards: 10%", 1, "'guards' must be a mapping")]
    [InlineData("guards:\n  delete: 10%", 2, "unknown key 'delete'; known are deletes, segment_moves")]
    [InlineData("\nguard: {deletes: 10%}", 2, "unknown key 'guard'")]
    [InlineData("sources:\n  DW_D: {schema: X}", 2, "unknown key 'DW_D'; known are DW_A, DW_B, DW_C")]
    [InlineData("sources:\n  dw_a: {schema: X}", 2, "unknown key 'dw_a'")]
    [InlineData("sources:\n  LOYALTY: {schema: X}", 2, "unknown key 'LOYALTY'")]
    [InlineData("sources:\n  DW_A: crm", 2, "'DW_A' must be a mapping")]
    [InlineData("sources:\n  DW_A:\n    path: crm.duckdb", 3, "unknown key 'path'; known are file, schema")]
    [InlineData("sources:\n  DW_A:\n    schema: 'x; DROP TABLE y'", 3, "'X; DROP TABLE Y' is no schema name")]
    [InlineData("sources:\n  DW_A:\n    schema: a..b", 3, "'A..B' is no schema name")]
    [InlineData("sources:\n  DW_A: {schema: X}\n  DW_A: {schema: Y}", 3, "Duplicate key")]
    [InlineData("sources: [DW_A]", 1, "'sources' must be a mapping")]
    [InlineData("", 1, "the file is empty")]
    public void What_is_wrong_is_named_with_its_line(string text, int line, string reason)
    {
        var error = Assert.Throws<LoyaltyException>(() => Read(text));

        Assert.Equal("ConfigInvalid", error.ErrorId);
        Assert.StartsWith($"{ConfigPath} line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(ConfigPath, error.Target);
    }

    [Fact]
    public void A_file_of_comments_alone_sets_nothing_and_one_of_no_byte_is_a_slip()
    {
        Assert.Equal(new GuardLimits(), Read("# guards:\n#   deletes: 10%\n").Guards);
        Assert.Equal("ConfigInvalid", Assert.Throws<LoyaltyException>(() => Read(string.Empty)).ErrorId);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused()
    {
        var error = Assert.Throws<LoyaltyException>(() => PipelineLoader.Load(Repository.SqlFolder, ConfigPath));

        Assert.Equal(("ConfigInvalid", $"There is no file {ConfigPath}.", "Check the path."), (error.ErrorId, error.Message, error.Remedy));
    }

    private string ConfigPath => Path.Combine(_folder.Path, "pipeline.yml");

    private PipelineConfig Read(string text)
    {
        File.WriteAllText(ConfigPath, text);
        return PipelineLoader.Load(Repository.SqlFolder, ConfigPath).Config;
    }
}
