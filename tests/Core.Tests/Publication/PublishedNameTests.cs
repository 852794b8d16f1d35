using Xunit;

namespace LoyaltyPipeline.Core.Tests.Publication;

/// <summary>What is renamed, how, and what stays.</summary>
public sealed class PublishedNameTests
{
    [Theory]
    // One name, in the letters of each place.
    [InlineData(
        "SELECT x.CITY_CODE FROM DW.CITY_LIST AS x -- in prose: city_code, CityCode, cityCode, CITYCODE",
        "SELECT alias_a.COLUMN_A FROM SCHEMA_A.TABLE_A AS alias_a -- note_A")]
    [InlineData("SELECT city_code, City_Code, CITY_CODE", "SELECT column_a, Column_A, COLUMN_A")]
    // Texts, but not those that the language needs.
    [InlineData("SELECT 'Berlin', 'berlin', 'it''s', '%erl%'", "SELECT 'Text_A', 'text_a', 'text_b', '%text_c%'")]
    [InlineData(
        "SELECT strftime(DATE '2026-01-01', '%Y-%m-%d'), date_trunc('month', now()), INTERVAL '29 days', '', '-', '12', 'YYYY-MM-DD'",
        "SELECT strftime(DATE '2026-01-01', '%Y-%m-%d'), date_trunc('month', now()), INTERVAL '29 days', '', '-', '12', 'YYYY-MM-DD'")]
    // Addresses keep their form.
    [InlineData("SELECT 'ann.lee@acme.com'", "SELECT 'account_a@host-a.example'")]
    [InlineData("COPY q TO 's3://acme-drop/city/2026.parquet'", "COPY column_a TO 's3://bucket-a/path_a/2026.parquet'")]
    [InlineData(
        "SELECT 'https://bob:pw123@db.acme.com:8443/city?town=1'", "SELECT 'https://account_a:text_a@host-a.example:8443/path_a?path_b=1'")]
    [InlineData(@"SELECT 'C:\drop\city.csv', '10.0.0.7'", @"SELECT 'C:\drop\path_a.csv', 'host-a.example'")]
    // Comments line by line, nested; bodies; quoted names; placeholders; parameters.
    [InlineData("/* one /* two */\n   three */ SELECT 1", "/* note_a */ SELECT 1")]
    [InlineData("CREATE FUNCTION f() AS $$ SELECT city FROM towns $$", "CREATE FUNCTION column_a() AS $$ SELECT column_b FROM table_a $$")]
    [InlineData(
        "SELECT \"City Code\" FROM {DW.CITY} WHERE d = {run_date} AND e = $1",
        "SELECT \"Column_A\" FROM {SCHEMA_A.TABLE_A} WHERE column_b = {run_date} AND column_c = $1")]
    [InlineData("SELECT 1e5, 0x1F, 1_000, a.b::DECIMAL(18,2)", "SELECT 1e5, 0x1F, 1_000, alias_a.column_a::DECIMAL(18,2)")]
    public async Task In_SQL(string sql, string copy)
    {
        using var folder = new PublicationFolder();
        Assert.Equal(copy, await folder.PublishAsync("x.sql", sql));
    }

    [Theory]
    [InlineData(
        "consumers:\n  ChurnDesk: # of Acme\n    destination: s3://acme/x\n    columns: [CITY_CODE]\n",
        "consumers:\n  NameA: # note_A\n    destination: s3://bucket-a/x\n    columns: [COLUMN_A]\n")]
    [InlineData(
        "integrity:\n  own_checks:\n    towns:\n      query: |\n        SELECT city\n        FROM DW.TOWNS\n      description: 'Towns, all of them.'\n",
        "integrity:\n  own_checks:\n    table_a:\n      query: |\n        SELECT column_a\n        FROM SCHEMA_A.TABLE_A\n      description: 'Note_A'\n")]
    [InlineData(
        "tables:\n- {name: DW.TOWNS, accepted: [Berlin, \"New York\"], type: \"DECIMAL(5,2)\", min: 0}",
        "tables:\n- {name: SCHEMA_A.TABLE_A, accepted: [Text_A, \"Text_B\"], type: \"DECIMAL(5,2)\", min: 0}")]
    public async Task In_YAML(string yaml, string copy)
    {
        using var folder = new PublicationFolder();
        Assert.Equal(copy, await folder.PublishAsync("x.yml", yaml));
    }

    // Whatever the verification finds in a copy, the publication has found before.
    [Theory]
    [InlineData("new_cities, supercities", "name_a, supercities")]
    [InlineData("CITYCODES, XMLCityCodeX, xcity_code", "NAME_A, NameB, name_c")]
    [InlineData("7.3city-code. Of old_city-code, city-codes", "7.text_a. Of text_b, text_c")]
    [InlineData("At x_db.acme.com", "At text_a")]
    public async Task A_longer_word_that_gives_a_name_away_is_a_name(string prose, string copy)
    {
        using var folder = new PublicationFolder();
        folder.Write("x.sql", "SELECT city_code FROM cities; COPY cities TO 'https://db.acme.com/x'");
        Assert.Equal(copy, await folder.PublishAsync("x.md", prose));
        Assert.Empty(await folder.FindingsAsync());
        Assert.Equal(PublicationFolder.Files(folder.Source), PublicationFolder.Files(folder.Restore()));
    }

    [Fact]
    public async Task The_same_in_every_file_and_in_its_name()
    {
        using var folder = new PublicationFolder();
        folder.Write("CITY_LIST.sql", "SELECT CITY_CODE FROM DW.CITY_LIST WHERE kind = 'capital'");
        folder.Write("data/CITY_LIST_2026-06-30.csv", "CITY_CODE;KIND;N\n\"B;1\";capital;12\n");
        folder.Write("job.ps1", "$cityCode = 'capital' # of it");
        folder.Write(
            "notes.md",
            "Of CITY_LIST the CityCode, city-code and old_city_code.\n\n```sql\nSELECT city_code -- here\n```\n\nMail ann@acme.com of Acme.\n");
        await folder.PublishAsync(options => options with { Names = ["acme"] });
        Assert.Empty(await folder.FindingsAsync());
        var copies = Directory.EnumerateFiles(folder.Copies, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(folder.Copies, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
        Assert.Equal("SELECT COLUMN_A FROM SCHEMA_A.TABLE_A WHERE kind = 'text_a'", copies["TABLE_A.sql"]);
        Assert.Equal("COLUMN_A;KIND;COLUMN_B\n\"TEXT_B\";text_a;12\n", copies["data/TABLE_A_2026-06-30.csv"]);
        Assert.Equal("$columnA = 'text_a' # note_a", copies["job.ps1"]);
        Assert.Equal(
            "Of TABLE_A the ColumnA, column-a and name_b.\n\n```sql\nSELECT column_a -- note_b\n```\n\nMail account_a@host-a.example of Name_A.\n",
            copies["notes.md"]);
    }

    [Fact]
    public async Task The_same_in_the_next_publication()
    {
        using var folder = new PublicationFolder();
        await folder.PublishAsync("one.sql", "SELECT CITY_CODE, TOWN");
        Assert.Equal("SELECT COLUMN_C, COLUMN_B, column_a", await folder.PublishAsync("two.sql", "SELECT RIVER, TOWN, city_code"));
        // What looks like a published name is one of somebody's own.
        Assert.Equal("SELECT COLUMN_D", await folder.PublishAsync("three.sql", "SELECT COLUMN_A"));
        Assert.Equal(PublicationFolder.Files(folder.Source), PublicationFolder.Files(folder.Restore()));
    }

    [Fact]
    public async Task Names_that_are_kept_stay_everywhere()
    {
        using var folder = new PublicationFolder();
        var copy = await folder.PublishAsync(
            "x.sql", "SELECT CITY_CODE, CITY_NAME, TOWN, 'New York' -- 1", options => options with { Keep = ["city_*", "new york"] });
        Assert.Equal("SELECT CITY_CODE, CITY_NAME, COLUMN_A, 'New York' -- 1", copy);
        Assert.Empty(await folder.FindingsAsync());
    }
}
