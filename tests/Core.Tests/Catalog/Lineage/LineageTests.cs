using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Catalog.Lineage;

/// <summary>
/// What the catalog says a column is made of is what moves it: each column of the tables is changed, and the results of the script and of
/// the views are compared.
/// </summary>
[Trait("Group", "Lineage")]
public sealed class LineageTests(LineageScene scene) : IClassFixture<LineageScene>
{
    // Of no key, but in a WHERE or an ON: they decide which rows there are.
    private static readonly string[] Filters = ["DW_A.USER_PROFILE.SIGNED_UP_AT", "LOYALTY.HISTORY.VALID_TO"];

    // What it is made of is filtered to be one value.
    private static readonly string[] Fixed = ["LOYALTY.FEATURE_ADOPTION_BY_REGION.SNAPSHOT_DATE"];

    [Fact]
    public async Task Master_is_made_of_what_the_catalog_says()
    {
        var sources = scene.Catalog.Sources;
        var query = MasterScript.Read(scene.Test.Pipeline.MasterScriptPath)
            .Render(scene.Catalog, sources.ToDictionary(source => source.Name, RowsThatCount), LineageScene.Day);

        await AssertProvenAsync(sources, scene.Catalog.Master, query);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_view_is_made_of_what_the_catalog_says(string name)
    {
        var view = scene.Catalog.Table(name);
        var inputs = view.Columns.SelectMany(column => column.From).Select(from => from.Table).Distinct()
            .Select(table => scene.Catalog.Table(table.ToString())).ToList();
        var frozen = inputs.Where(input => input.Kind == TableKind.View).ToList();
        foreach (var input in frozen)
            await scene.FreezeAsync(input);

        await AssertProvenAsync(inputs, view, $"SELECT * FROM {LineageScene.Copy(view.Name)}");

        foreach (var input in frozen)
            await scene.ThawAsync(input);
    }

    public static TheoryData<string> Views() =>
        [.. CatalogReader.Read(Path.Combine(Repository.SqlFolder, "catalog.yml")).Tables.Where(table => table.Kind == TableKind.View)
            .Select(view => view.Name.ToString())];

    private async Task AssertProvenAsync(IReadOnlyList<CatalogTable> inputs, CatalogTable output, string query)
    {
        var moved = await new LineageExperiment(scene.Session, LineageScene.Copy).RunAsync(inputs, output, query);

        var wrong = new List<string>();
        foreach (var column in output.Columns)
        {
            wrong.AddRange(column.From.Where(from => !moved[from].Contains(column.Name) && !Fixed.Contains($"{output}.{column.Name}"))
                .Select(from => $"{column.Name} is said to be made of {from}, which never moves it"));
            wrong.AddRange(moved
                .Where(entry => entry.Value.Contains(column.Name) && !column.From.Contains(entry.Key) && !Decides(inputs, output, entry.Key))
                .Select(entry => $"{column.Name} is moved by {entry.Key}, of which it is not said to be made"));
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.All(output.Columns, column => Assert.NotEmpty(column.From));
    }

    // What decides which rows there are, and which belong together, may move every column of them.
    private static bool Decides(IReadOnlyList<CatalogTable> inputs, CatalogTable output, ColumnReference reference)
    {
        var table = inputs.Single(input => input.Name == reference.Table);
        var column = table.FindColumn(reference.Column)!;
        return table.Key.Contains(column) || column == table.EventTime || column == table.CountedBy || column.References is not null
            || Filters.Contains(reference.ToString()) || output.Key.Any(key => key.From.Contains(reference));
    }

    // The rows of a source that a merge would use: those up to the day, and of each key the one that wins.
    private static string RowsThatCount(CatalogTable source)
    {
        var counted = source.CountedBy is { } time
            ? $" WHERE {time.Name} < {SqlText.Literal(LineageScene.Day.AddDays(1))}"
            : string.Empty;
        var winner = $"ROW_NUMBER() OVER (PARTITION BY {SqlText.List(source.Key.Select(key => key.Name))} "
            + $"ORDER BY {SqlText.List(source.DecidingOrder().DefaultIfEmpty("1"))}) = 1";
        return $"(SELECT * FROM {LineageScene.Copy(source.Name)}{counted} QUALIFY {winner})";
    }
}
