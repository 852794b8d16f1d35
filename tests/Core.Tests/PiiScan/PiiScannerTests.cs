using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.PiiScan;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.PiiScan;

/// <summary>Tables and files of every format are looked through, also those that are odd, and the same is found each time.</summary>
public sealed class PiiScannerTests
{
    private const string People =
        "SELECT 'ada' || range || '@example.org' AS reach, range AS id, 'nothing' AS \"it's a \"\"note\"\"\", 52.1234 + range / 1e4 AS lat FROM range(200)";

    private static readonly string[] Found = ["lat Coordinates 1", "reach Email 1"];

    [Theory]
    [InlineData("people.csv", "FORMAT csv, HEADER")]
    [InlineData("people.csv.gz", "FORMAT csv, HEADER, COMPRESSION gzip")]
    [InlineData("people.parquet", "FORMAT parquet")]
    [InlineData("people.jsonl", "FORMAT json")]
    [InlineData("people.ndjson.gz", "FORMAT json, COMPRESSION gzip")]
    public async Task Every_format_says_the_same(string name, string format)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = Path.Combine(test.Folder, name);
        await test.ExecuteAsync($"COPY ({People}) TO '{path}' ({format})");

        var findings = await ScanAsync(test, path);

        Assert.Equal(Found, findings.Select(Said).Order(StringComparer.Ordinal));
        Assert.All(
            findings, finding => Assert.Equal((null, path, null, 200L), (finding.Table, finding.Path, finding.IsDeclared, finding.Values)));
        Assert.Empty(test.Reporter.Warnings);
    }

    [Fact]
    public async Task A_file_of_a_table_says_what_is_declared_and_what_the_catalog_does_not_know()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.Write(
            "USER_PROFILE_2026-06-30.csv",
            "EMAIL,BACKUP\n"
                + string.Concat(Enumerable.Range(0, 50).Select(number => $"ada{number}@example.org,max{number}@example.org\n")));

        var findings = await ScanAsync(test, path);

        Assert.Equal(
            [("DW_A.USER_PROFILE", "EMAIL", true), ("DW_A.USER_PROFILE", "BACKUP", false)],
            findings.Select(finding => (finding.Table!, finding.Column, finding.IsDeclared!.Value)));
    }

    [Fact]
    public async Task Delimiter_and_tokens_for_null_are_those_that_are_given()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.Write(
            "people.csv", "a;b\n" + string.Concat(Enumerable.Range(0, 50).Select(number => $"ada{number}@example.org;NIL\n")));

        var finding = Assert.Single(await ScanAsync(test, path, new PiiScanOptions { Delimiter = ';', NullTokens = ["NIL"] }));

        Assert.Equal("a Email 1", Said(finding));
    }

    [Theory]
    [InlineData("only a header", "a,b\n")]
    [InlineData("only nulls", "a,b\n,\n,\n")]
    [InlineData("one ordinary row", "a,b\n1,2\n")]
    [InlineData("huge cells", null)]
    public async Task Files_in_which_nothing_is(string what, string? content)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.Write(
            "odd.csv",
            content ?? $"a,b\n{new string('x', 3_000_000)},{new string('1', 3_000_000)}\n{string.Concat(Enumerable.Repeat("a@b ", 200_000))},1\n");

        var findings = await ScanAsync(test, path);

        Assert.True(findings.Count == 0, what);
    }

    [Theory]
    [InlineData("empty", "odd.csv", "", "SourceFileUnreadable")]
    [InlineData("no Parquet", "odd.parquet", "PAR", "SourceFileUnreadable")]
    [InlineData("a JSON array", "odd.jsonl", "[{\"a\":1}]", "SourceFileUnreadable")]
    [InlineData("another format", "odd.xlsx", "PK", "SourceFormatUnknown")]
    public async Task Files_that_cannot_be_read(string what, string name, string content, string id)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.Write(name, content);

        var refused = await Assert.ThrowsAsync<LoyaltyException>(() => ScanAsync(test, path));

        Assert.True(refused.Definition.Id == id, $"{what}: {refused.Definition.Id}");
        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_header_shows_no_value_as_the_name_of_a_column()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.Write(
            "plain.csv",
            "ada@example.org,Ada Byron,+49 30 901820\n"
                + string.Concat(
                    Enumerable.Range(0, 50)
                        .Select(number => $"ada{number}@example.org,Max Byron{(char)('a' + number)},+49 30 9018{number}\n")));

        var findings = await ScanAsync(test, path);

        Assert.Equal(
            ["+*** *** ***", "A*** ***", "a***@***.***"], findings.Select(finding => finding.Column).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_error_about_a_header_repeats_no_value()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.Write("plain.csv", "ada@example.org,ada@example.org\nmax@example.org,max@example.org\n");

        var refused = await Assert.ThrowsAsync<LoyaltyException>(() => ScanAsync(test, path));

        Assert.Contains("twice, as its columns 1 and 2", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("people.csv", "a,b\nJ\u00fc,ada@example.org\nZ\u00f6,max@example.org\n")]
    [InlineData("people.jsonl", "17\n\"max@example.org\"\n")]
    public async Task A_file_of_which_no_row_can_be_read_is_an_error_and_not_a_file_without_findings(string name, string content)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = Path.Combine(test.Folder, name);
        await File.WriteAllTextAsync(path, content, System.Text.Encoding.Latin1, TestWarehouse.Token);

        var refused = await Assert.ThrowsAsync<LoyaltyException>(() => ScanAsync(test, path));

        Assert.Equal($"{path} has no row that can be read.", refused.Message);
    }

    [Fact]
    public async Task Lines_that_are_no_objects_are_counted()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.Write(
            "odd.jsonl",
            string.Concat(Enumerable.Range(0, 50).Select(number => $"{{\"a\":\"ada{number}@example.org\"}}\n")) + "{\"a\":1\nmax\n");

        Assert.Equal("a Email 1", Said(Assert.Single(await ScanAsync(test, path))));
        Assert.Equal("odd.jsonl has 2 rows that cannot be read; the others were looked at.", Assert.Single(test.Reporter.Warnings));
    }

    [Fact]
    public async Task Another_encoding_is_said_to_be_one()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = Path.Combine(test.Folder, "utf16.csv");
        await File.WriteAllTextAsync(path, "a,b\n1,2\n", System.Text.Encoding.Unicode, TestWarehouse.Token);

        Assert.Contains(
            "UTF-16", (await Assert.ThrowsAsync<LoyaltyException>(() => ScanAsync(test, path))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_counted_and_the_others_looked_at()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.Write(
            "odd.csv",
            "a,b\n" + string.Concat(Enumerable.Range(0, 50).Select(number => $"ada{number}@example.org,1\n"))
                + "1,2,3,4\n\"open\" x,2\nada@example.org,1\n");

        Assert.Equal("a Email 1", Said(Assert.Single(await ScanAsync(test, path))));
        Assert.Equal("odd.csv has 2 rows that cannot be read; the others were looked at.", Assert.Single(test.Reporter.Warnings));
    }

    [Fact]
    public async Task Of_a_folder_what_cannot_be_read_is_told_of_and_the_rest_goes_on()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var folder = Directory.CreateDirectory(Path.Combine(test.Folder, "mixed")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "a.csv"), "a\nada@example.org\nmax@example.org\n", TestWarehouse.Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "ada@example.org", TestWarehouse.Token);

        Assert.Equal("a Email 1", Said(Assert.Single(await ScanAsync(test, folder))));
        Assert.EndsWith(
            "notes.txt is left out: its name ends in no format that can be read.", Assert.Single(test.Reporter.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_is_spread_over_all_rows_and_the_same_each_time()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = Path.Combine(test.Folder, "long.csv.gz");
        // The first nine tenths are of one sort, the last tenth of another.
        await test.ExecuteAsync(
            $"COPY (SELECT CASE WHEN range < 90000 THEN 'x' ELSE 'ada' || range || '@example.org' END AS a FROM range(100000)) TO '{path}' (FORMAT csv, HEADER, COMPRESSION gzip)");

        var finding = Assert.Single(await ScanAsync(test, path, new PiiScanOptions { SampleRows = 2000 }));
        var again = Assert.Single(await ScanAsync(test, path, new PiiScanOptions { SampleRows = 2000 }));

        Assert.Equal(2000, finding.Values);
        Assert.InRange(finding.Share, 0.07, 0.13);
        Assert.Equal((finding.Share, string.Join(' ', finding.Examples)), (again.Share, string.Join(' ', again.Examples)));
    }

    [Fact]
    public async Task Tables_are_looked_through_with_columns_that_the_catalog_does_not_know()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ExecuteAsync("ALTER TABLE DW_A.USER_ACTIVITY ADD COLUMN \"Odd \"\"Name\" VARCHAR");
        await test.ExecuteAsync(
            "INSERT INTO DW_A.USER_ACTIVITY BY NAME SELECT range AS ACTIVITY_ID, range AS USER_ID, 'login' AS ACTIVITY_TYPE, TIMESTAMP '2026-06-30' AS ACTIVITY_AT, 'ada' || range || '@example.org' AS \"Odd \"\"Name\" FROM range(100)");

        var finding = Assert.Single(await ScanTablesAsync(test));

        Assert.Equal(
            ("DW_A.USER_ACTIVITY", "ODD \"NAME", PiiKind.Email, false), (finding.Table, finding.Column, finding.Kind, finding.IsDeclared));
        Assert.Empty(await ScanTablesAsync(test, "MASTER"));
    }

    private static string Said(PiiFinding finding) => $"{finding.Column} {finding.Kind} {finding.Share}";

    private static async Task<List<PiiFinding>> ScanAsync(TestWarehouse test, string path, PiiScanOptions? options = null) =>
        await new PiiScanner(test.Pipeline, options ?? new PiiScanOptions(), test.Reporter).ScanFilesAsync(path, TestWarehouse.Token)
            .ToListAsync(TestWarehouse.Token);

    private static async Task<List<PiiFinding>> ScanTablesAsync(TestWarehouse test, params string[] names) =>
        await new PiiScanner(test.Pipeline, new PiiScanOptions(), test.Reporter).ScanTablesAsync(test.Warehouse, names, TestWarehouse.Token)
            .ToListAsync(TestWarehouse.Token);
}
