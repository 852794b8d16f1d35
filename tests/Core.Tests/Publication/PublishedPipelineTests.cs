using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.SyntheticData.Sinks;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Publication;

/// <summary>The pipeline of this repository under other names: nothing gives it away, and it reckons the same.</summary>
public sealed class PublishedPipelineTests
{
    private const string Settings = """
        # Who is sent segments at Contoso.
        guards:
          deletes: 12%
        consumers:
          ChurnDesk:
            segment: LowEngagement
            destination: s3://contoso-churn/loyalty/daily
            columns: [USER_ID, LOGINS_30D, EMAIL]
            redaction:
              email: Sha256
              salt_variable: CONTOSO_SALT
        """;

    private static readonly SyntheticDataOptions Sample = new() { Users = 250, Days = 60 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_runs_on_renamed_data_and_gives_the_same_numbers()
    {
        using var folder = new PublicationFolder();
        folder.CopyFrom(Repository.SqlFolder, "sql");
        folder.Write("pipeline.yml", Settings);
        using (var landing = new CsvLandingFolder(Path.Combine(folder.Source, "landing")))
        {
            await SyntheticTablesWriter.WriteAsync(ShippedCatalog.Catalog, Sample, landing.Open, cancellationToken: Token);
            landing.Commit(Token);
        }

        await folder.PublishAsync(options => options with { IsRunnable = true, Names = ["Contoso"] });
        Assert.Empty(await folder.FindingsAsync());
        Assert.Equal(PublicationFolder.Files(folder.Source), PublicationFolder.Files(folder.Restore()));

        var (original, copy) = (PipelineLoader.Load(Path.Combine(folder.Source, "sql"), Path.Combine(folder.Source, "pipeline.yml")),
            PipelineLoader.Load(Path.Combine(folder.Copies, "sql"), Path.Combine(folder.Copies, "pipeline.yml")));
        Assert.NotEqual(NamesOf(original.Catalog), NamesOf(copy.Catalog));
        var expected = await FiguresAsync(original, Path.Combine(folder.Source, "landing"));
        Assert.Contains("250", expected[0], StringComparison.Ordinal);
        Assert.Equal(expected, await FiguresAsync(copy, Path.Combine(folder.Copies, "landing")));
    }

    /// <summary>Every statement is planned against the renamed catalog, also where nothing is kept.</summary>
    [Fact]
    public async Task Nothing_has_to_be_kept_for_its_statements_to_be_the_same()
    {
        using var folder = new PublicationFolder();
        folder.CopyFrom(Repository.SqlFolder, "sql");
        await folder.PublishAsync();
        var copies = await folder.VerifyAsync();
        Assert.Empty(copies.SelectMany(copy => copy.Findings));
        Assert.Equal(copies.Count - 1, copies.Sum(copy => copy.File.Planned));
        Assert.DoesNotContain(
            "LOYALTY", string.Concat(copies.Select(copy => File.ReadAllText(copy.File.Path))), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task So_are_README_and_the_documents()
    {
        using var folder = new PublicationFolder();
        folder.CopyFrom(Repository.SqlFolder, "sql");
        folder.CopyFrom(Path.Combine(Repository.Root, "docs"), "docs");
        folder.Write("README.md", File.ReadAllBytes(Path.Combine(Repository.Root, "README.md")));
        await folder.PublishAsync(options => options with { Keep = ["users", "day", "run*"] });
        Assert.Empty(await folder.FindingsAsync());
    }

    private static IEnumerable<string> NamesOf(LoyaltyCatalog catalog) => catalog.Tables.Select(table => table.Name.ToString());

    // Master by its columns' places: their names differ, and so do texts.
    private static async Task<IReadOnlyList<string>> FiguresAsync(PipelineDefinition pipeline, string landing)
    {
        await using var warehouse = await DuckDbWarehouse.OpenAsync(":memory:", Token);
        var reporter = new RecordingReporter();
        await new SchemaInstaller(pipeline.Catalog).InitializeAsync(warehouse, includeSources: true, planOnly: false, reporter, Token);
        foreach (var group in new LandingFolder(pipeline.Catalog, _ => { }).Find(landing, table: null))
            await new SourceImporter(pipeline).ImportAsync(warehouse, group.Key, [.. group], new ImportOptions(), reporter, Token);
        var merge = await new MergeRunner(pipeline).RunAsync(warehouse, new MergeOptions(Sample.LastDay), reporter, Token);
        await using var session = await warehouse.OpenSessionAsync(Token);
        var figures = new List<string> { $"{merge.Inserted} {merge.RowsRead} {merge.QuarantinedByRule.Count}" };
        foreach (var column in pipeline.Catalog.Master.Columns)
        {
            var figure = column.Type.DataType == DataType.Varchar ? $"COUNT(DISTINCT {column.Name})" : $"SUM(HASH({column.Name}))";
            figures.AddRange(await session.ListAsync(
                $"SELECT COUNT({column.Name}) || ' ' || {figure} FROM {pipeline.Catalog.Master}", [], reader => reader.GetString(0),
                Token));
        }

        figures.AddRange(await session.ListAsync(
            "SELECT ENGAGEMENT_SEGMENT || ' ' || COUNT(*) FROM LOYALTY.MASTER GROUP BY ENGAGEMENT_SEGMENT ORDER BY 1", [],
            reader => reader.GetString(0), Token));
        return figures;
    }
}
