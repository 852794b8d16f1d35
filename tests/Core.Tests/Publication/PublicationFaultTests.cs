using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Publication;
using LoyaltyPipeline.Core.Publication.Verification;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Publication;

/// <summary>What is refused, and what a verification finds.</summary>
public sealed class PublicationFaultTests
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["COLUMN_A"] = "CITY",
        ["TABLE_A"] = "TOWNS",
        ["SCHEMA_A"] = "DW",
        ["COLUMN_B"] = "RIVER",
    };

    [Theory]
    [InlineData("SELECT COLUMN_A FROM TABLE_A", "SELECT CITY_CODE FROM TABLE_A", "line 2: CITY_CODE is left")]
    [InlineData("-- 1", "-- 1\n-- x: citycode", "line 2: CITY_CODE is left")]
    [InlineData("-- 1", "-- MyCityCodes", "line 1: CITY_CODE is left")]
    [InlineData("-- 1", "-- city-code", "line 1: CITY_CODE is left")]
    [InlineData("COLUMN_A FROM", "COLUMN_A, 1 FROM", "it was changed after it was published")]
    public async Task A_copy_that_was_changed_is_found_out(string part, string instead, string finding)
    {
        using var folder = new PublicationFolder();
        await folder.PublishAsync("q.sql", "-- 1\nSELECT CITY_CODE FROM CITY_LIST");
        var path = Path.Combine(folder.Copies, "q.sql");
        var copy = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            path, copy.Replace(part, instead, StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        Assert.Contains(await folder.FindingsAsync(), message => message.Contains(finding, StringComparison.Ordinal));
        Assert.False((await folder.VerifyAsync()).Single().File.Verified);
    }

    [Theory]
    [InlineData("SELECT CITY FROM DW.TOWNS", "SELECT COLUMN_A FROM SCHEMA_A.TABLE_A", null)]
    [InlineData("CREATE TABLE x (y INTEGER)", "CREATE TABLE table_b (y INTEGER)", null)]
    [InlineData("SELECT CITY FROM DW.TOWNS", "SELECT COLUMN_B FROM SCHEMA_A.TABLE_A", "statement 1 is another one: COLUMN_B")]
    [InlineData("SELECT CITY FROM DW.TOWNS", "SELECT COLUMN_A, 1 FROM SCHEMA_A.TABLE_A", "statement 1 is another one")]
    [InlineData(
        "SELECT CITY FROM DW.TOWNS WHERE CITY > 1", "SELECT COLUMN_A FROM SCHEMA_A.TABLE_A WHERE COLUMN_A < 1",
        "statement 1 is another one")]
    [InlineData("SELECT CITY FROM DW.TOWNS", "SELECT COLUMN_A FROM SCHEMA_A.TABLE_A; SELECT 1", "it has 2 statements, and 1 are expected")]
    [InlineData("SELECT CITY FROM DW.TOWNS", "SELECT COLUMN_A SCHEMA_A.TABLE_A FROM", "statement 1 is another one: syntax error")]
    [InlineData("SELECT N FROM DW.TOWNS", "SELECT N FROM SCHEMA_A.TABLE_A", "statement 1 is planned otherwise")]
    public async Task A_statement_that_is_another_one_is_found_out(string statement, string copy, string? finding)
    {
        var (renamed, original) = (new CatalogSchema(), new CatalogSchema());
        original.Add("tables:\n- {name: DW.TOWNS, columns: [{name: CITY, type: VARCHAR}, {name: N, type: INTEGER}]}");
        renamed.Add("tables:\n- {name: SCHEMA_A.TABLE_A, columns: [{name: COLUMN_A, type: VARCHAR}]}");
        var token = TestContext.Current.CancellationToken;
        await using var after = await StatementPlans.OpenAsync(renamed, token);
        await using var before = await StatementPlans.OpenAsync(original, token);
        var check = new CopyCheck("q.sql", text => text == copy ? statement : Names.GetValueOrDefault(text, text));
        var found = await check.OfSqlAsync(copy, after, before, token);
        if (finding is null)
            Assert.Null(found);
        else
            Assert.Contains(finding, found?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_map_is_never_published()
    {
        using var folder = new PublicationFolder();
        folder.Write("q.sql", "SELECT 1");
        var failure = await Assert.ThrowsAsync<LoyaltyException>(
            () => folder.PlanAsync(options => options with { Map = Path.Combine(folder.Copies, "deep", "map.csv") }));
        Assert.Equal(LoyaltyErrors.PublicationMapExposed, failure.Definition);
    }

    [Fact]
    [Unix("there are no modes of files")]
    public async Task It_is_its_owners_alone()
    {
        using var folder = new PublicationFolder();
        await folder.PublishAsync("q.sql", "SELECT CITY");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Map));
    }

    [Fact]
    public async Task A_copy_of_another_map_is_refused_and_one_that_was_changed_is_doubted()
    {
        using var folder = new PublicationFolder();
        await folder.PublishAsync("q.sql", "SELECT CITY, TOWN");
        using var other = new PublicationFolder();
        await other.PublishAsync("q.sql", "SELECT RIVER");
        var foreign = ScriptRestorer.Plan([folder.Copies], other.Source, other.Map, other.Reporter);
        Assert.Empty(foreign.Copies);
        Assert.Equal("PublicationMapForeign", Assert.Single(foreign.Problems).Definition.Id);
        Assert.EndsWith("does not know COLUMN_B.", foreign.Problems[0].Message.Split('\n')[0], StringComparison.Ordinal);

        await File.AppendAllTextAsync(Path.Combine(folder.Copies, "q.sql"), " -- more", TestContext.Current.CancellationToken);
        var changed = ScriptRestorer.Plan([folder.Copies], other.Source, folder.Map, folder.Reporter).Copies.Single();
        Assert.Contains("was changed after it was published", changed.Doubt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.sql", new byte[] { 0x53, 0, 0x45 }, "zero bytes")]
    [InlineData("x.sql", new byte[] { 0x53, 0xE9, 0x45 }, "no UTF-8")]
    [InlineData("x.md", new byte[] { 0xFF, 0xFE, 0x00, 0xD8 }, "begins as UTF-16")]
    [InlineData("x.yml", new byte[] { (byte)'a', (byte)':', (byte)' ', (byte)'[' }, "is no Yaml that can be read: line")]
    public async Task What_is_no_text_is_left_out_and_the_others_go_on(string name, byte[] content, string reason)
    {
        using var folder = new PublicationFolder();
        folder.Write("good.sql", "SELECT CITY"u8.ToArray());
        folder.Write(name, content);
        var plan = await folder.PlanAsync();
        Assert.Contains(reason, Assert.Single(plan.Problems).Message, StringComparison.Ordinal);
        Assert.Equal("good.sql", Path.GetFileName(Assert.Single(plan.Copies).File.Path));
    }

    [Theory]
    [InlineData("Kind;Original", "its first line is not Kind,Original,Published")]
    [InlineData(
        "Kind,Original,Published\nColumn,A,COLUMN_A\nColumn,B,COLUMN_A", "record 3: 'COLUMN_A', or what it stands for, is there twice")]
    [InlineData(
        "Kind,Original,Published\nColumn,CITY,COLUMN_A\nColumn,city,column_b",
        "record 3: 'column_b' stands for what has another published name")]
    [InlineData("Kind,Original,Published\nColumn,CITY,TOWN", "record 2: 'TOWN' is no published name of the kind Column")]
    [InlineData("Kind,Original,Published\nRiver,CITY,TOWN", "there is no kind 'River'")]
    public async Task A_map_that_was_edited_is_refused(string content, string reason)
    {
        using var folder = new PublicationFolder();
        folder.Write("q.sql", "SELECT 1");
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Map)!);
        await File.WriteAllTextAsync(folder.Map, content, TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => folder.PlanAsync());
        Assert.Equal(LoyaltyErrors.PublicationMapInvalid, failure.Definition);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_have_places_of_their_own()
    {
        using var folder = new PublicationFolder();
        folder.Write("a/q.sql", "SELECT 1");
        folder.Write("b/q.sql", "SELECT 2");
        var both = await Assert.ThrowsAsync<LoyaltyException>(() => folder.PlanAsync(
            options => options with { Paths = [Path.Combine(folder.Source, "a"), Path.Combine(folder.Source, "b")] }));
        Assert.Contains("would both be written to", both.Message, StringComparison.Ordinal);
        var over = await Assert.ThrowsAsync<LoyaltyException>(() => folder.PlanAsync(
            options => options with
            {
                Paths = [Path.Combine(folder.Source, "a", "q.sql")],
                Destination = Path.Combine(folder.Source, "a"),
            }));
        Assert.Equal(LoyaltyErrors.PublicationUnwritable, over.Definition);
    }
}
