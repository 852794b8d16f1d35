using System.Xml.Linq;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Dashboard;
using LoyaltyPipeline.Core.Documentation;
using LoyaltyPipeline.Core.Documentation.Diagrams;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Documentation;

/// <summary>The written catalog: complete, well-formed, the same each time, and known to be stale when it is.</summary>
public sealed class CatalogExportTests : IDisposable
{
    private static readonly CatalogFormat[] All = [CatalogFormat.Html, CatalogFormat.Markdown];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_catalog_is_the_same_bytes_and_every_column_is_in_it()
    {
        await using var test = await TestWarehouse.CreateAsync();

        var files = await MakeAsync(test);

        Assert.Equal(files, await MakeAsync(test));
        Assert.Equal(["README.md", "catalog.html", "erd.svg", "lineage.svg"], files.Keys);
        Assert.All(
            test.Pipeline.Catalog.Tables.SelectMany(table => table.Columns.Select(column => $"| {column.Name} | {column.Type} |")),
            line => Assert.Contains(line, files["README.md"], StringComparison.Ordinal));
        Assert.All([files["erd.svg"], files["lineage.svg"]], svg => Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName));
    }

    [Fact]
    public async Task What_is_committed_is_stale_when_it_says_something_else()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var files = await MakeAsync(test);
        var folder = Path.Combine(_folder.Path, "new", "catalog");
        CatalogExport.Write(folder, files, TestWarehouse.Token);

        CatalogExport.Check(folder, files);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "README.md"), files["README.md"].ReplaceLineEndings("\r\n"), TestWarehouse.Token);
        CatalogExport.Check(folder, files);
        await File.AppendAllTextAsync(Path.Combine(folder, "README.md"), "more", TestWarehouse.Token);
        File.Delete(Path.Combine(folder, "erd.svg"));

        var failure = Assert.Throws<LoyaltyException>(() => CatalogExport.Check(folder, files));
        Assert.Equal(LoyaltyErrors.CatalogStale, failure.Definition);
        Assert.Contains("README.md, erd.svg are not what", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_README_of_somebody_else_stays()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var files = await MakeAsync(test);
        var readme = Path.Combine(_folder.Path, "README.md");
        await File.WriteAllTextAsync(readme, "# My project", TestWarehouse.Token);

        var failure = Assert.Throws<LoyaltyException>(() => CatalogExport.Write(_folder.Path, files, TestWarehouse.Token));

        Assert.Equal(LoyaltyErrors.ReportUnwritable, failure.Definition);
        Assert.Equal([readme], Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.Equal("# My project", await File.ReadAllTextAsync(readme, TestWarehouse.Token));
        await File.WriteAllTextAsync(readme, files["README.md"] + "changed", TestWarehouse.Token);
        CatalogExport.Write(_folder.Path, files, TestWarehouse.Token);
        CatalogExport.Check(_folder.Path, files);
    }

    [Theory]
    [InlineData("file/below")]
    [InlineData("file")]
    [InlineData("nul\0")]
    public async Task A_folder_that_cannot_be_one_is_named(string name)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var files = await MakeAsync(test);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "file"), "x", TestWarehouse.Token);

        var failure = Assert.Throws<LoyaltyException>(
            () => CatalogExport.Write(Path.Combine(_folder.Path, name), files, TestWarehouse.Token));

        Assert.Equal(LoyaltyErrors.ReportUnwritable, failure.Definition);
    }

    [Fact]
    public async Task What_somebody_writes_of_a_column_stays_in_its_row()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var catalog = test.Pipeline.Catalog;
        var tables = catalog.Tables.Select(table => table.Name.Table != "USER_PROFILE" ? table : table with
        {
            Description = "one\n# two <b>",
            Columns = [table.Columns[0] with { Description = "a|b\n<script> *c*" }, .. table.Columns.Skip(1)],
        }).ToList();
        var pipeline = test.Pipeline with { Catalog = new LoyaltyCatalog(tables) };

        var text = (await new CatalogExport(pipeline).MakeAsync(
            [CatalogFormat.Markdown], warehouse: null, wait: null, test.Reporter, TestWarehouse.Token))["README.md"];

        Assert.Contains("| a\\|b &lt;script> \\*c\\* |\n", text, StringComparison.Ordinal);
        Assert.Contains("\nSource. one # two &lt;b> ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warehouse_adds_what_its_tables_have()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ExecuteAsync("INSERT INTO LOYALTY.SNAPSHOT VALUES (DATE '2026-06-30', 'r', 2, TIMESTAMP '2026-07-01 04:00:00')");
        await test.ExecuteAsync(
            "INSERT INTO DW_A.ENGAGEMENT_SCORE (USER_ID, SCORE_DATE, SCORE) VALUES (1, DATE '2026-06-28', 50), (2, DATE '2026-06-20', 40)");

        var files = await new CatalogExport(test.Pipeline).MakeAsync(All, test.Warehouse, wait: null, test.Reporter, TestWarehouse.Token);

        var limit = test.Pipeline.Catalog.Table("DW_A.ENGAGEMENT_SCORE").FreshWithin;
        Assert.Contains($"| DW_A.ENGAGEMENT_SCORE | 2 | 2026-06-28 | 2 | {limit} |  |", files["README.md"], StringComparison.Ordinal);
        Assert.Contains("Tables of the warehouse", files["catalog.html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_column_of_Master_has_its_piece_of_the_script()
    {
        await using var test = await TestWarehouse.CreateAsync();

        var pieces = SelectPieces.Of(MasterScript.Read(test.Pipeline.MasterScriptPath).Text);

        Assert.Equal(test.Pipeline.Catalog.Master.Columns.Select(column => column.Name), pieces.Columns.Select(piece => piece.Name));
        Assert.Equal("COALESCE(activity.LOGINS_30D, 0)", pieces.Columns.Single(piece => piece.Name == "LOGINS_30D").Sql);
        Assert.Contains("activity", pieces.CommonTables.Select(table => table.Name));
        Assert.All(pieces.CommonTables, table => Assert.DoesNotContain(") AS", table.Sql.Split('\n')[^1], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SELECT a.X, 'from, (' AS Y FROM t AS a", "X=a.X;Y='from, ('", "")]
    [InlineData("WITH q AS (\n    SELECT (1) AS Z\n)\n\nSELECT q.Z, F(1, 2) AS W\nFROM q", "Z=q.Z;W=F(1, 2)", "q=    SELECT (1) AS Z")]
    [InlineData("SELECT -- one, two\n    A.B -- FROM\nFROM A", "B=A.B", "")]
    [InlineData("SELECT F('x -- (') AS Y FROM t", "Y=F('x -- (')", "")]
    [InlineData("SELECT A.B /* the user's (, SELECT -- */, A.C FROM A", "B=A.B;C=A.C", "")]
    [InlineData("with q AS (SELECT 1 AS Z), \"r\" (Y) AS MATERIALIZED (SELECT 2) SELECT DISTINCT q.Z FROM q ;", "Z=q.Z", "q=SELECT 1 AS Z;r=SELECT 2")]
    [InlineData("SELECT A.B IS DISTINCT FROM 1 AS X, F(A.C) \"Y\", A.D Z FROM A", "X=A.B IS DISTINCT FROM 1;Y=F(A.C);Z=A.D", "")]
    public void A_script_is_taken_apart_at_its_commas(string script, string columns, string queries)
    {
        var pieces = SelectPieces.Of(script);

        Assert.Equal(columns, string.Join(';', pieces.Columns.Select(piece => $"{piece.Name}={piece.Sql}")));
        Assert.Equal(queries, string.Join(';', pieces.CommonTables.Select(table => $"{table.Name}={table.Sql}")));
    }

    [Fact]
    public async Task Arrows_end_at_lines_that_are_there_and_personal_data_stands_out_to_the_end()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var diagram = new LineageDiagram(test.Pipeline.Catalog, new Lineage(test.Pipeline)).Draw();
        var lines = diagram.Lanes.SelectMany(lane => lane.Boxes).SelectMany(box => box.Lines.Select(line => (box.Id, line.Id))).ToHashSet();

        Assert.All(diagram.Arrows, arrow => Assert.Contains((arrow.FromBox, arrow.FromLine), lines));
        Assert.All(diagram.Arrows, arrow => Assert.Contains((arrow.ToBox, arrow.ToLine), lines));
        var personal = diagram.Arrows.Where(arrow => arrow.IsPersonal).Select(arrow => arrow.ToBox).Distinct();
        Assert.Equal(
            ["CustomerSuccess", "LOYALTY.HISTORY", "LOYALTY.HISTORY_MASKED", "LOYALTY.HISTORY_SNAPSHOT", "LOYALTY.MASTER",
                "LOYALTY.MASTER_MASKED", "Marketing"],
            personal.Order(StringComparer.Ordinal));
    }

    private static Task<IReadOnlyDictionary<string, string>> MakeAsync(TestWarehouse test) =>
        new CatalogExport(test.Pipeline).MakeAsync(All, warehouse: null, wait: null, test.Reporter, TestWarehouse.Token);
}
