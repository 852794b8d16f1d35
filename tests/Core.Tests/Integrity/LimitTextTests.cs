using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Integrity.Checks;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>What the topic says of limits is what the checks that follow from the catalog have.</summary>
public sealed class LimitTextTests
{
    private const string Strict = "warn > 0, error > 5%";
    private const string Loose = "warn > 1%, error > 5%";

    private static readonly string Topic = File.ReadAllText(
        Path.Combine(Repository.Root, "module", "en-US", "about_LoyaltyIntegrity.help.txt"));

    [Fact]
    public void Rows_of_sources_have_the_limits_that_the_topic_names()
    {
        var catalog = PipelineLoader.Load(Repository.SqlFolder, configPath: null).Catalog;
        var limits = catalog.Sources.SelectMany(source => CatalogChecks.Of(source, CheckSuite.Sources))
            .Where(check => check is RowCheck or UniqueCheck or ReferenceCheck)
            .ToDictionary(check => check.Definition.Id, check => check.Definition.Threshold.ToString(), StringComparer.Ordinal);

        var loose = Topic.Split("  LIMITS\n")[1].Split("\n  PIPELINE.YML")[0].Split('\n').Select(line => line.Trim())
            .Where(line => line.EndsWith(".references", StringComparison.Ordinal)).ToList();
        Assert.Equal(limits.Where(check => check.Value != Strict).Select(check => check.Key), loose);
        Assert.All(loose, id => Assert.Equal(Loose, limits[id]));
    }

    [Fact]
    public void What_the_pipeline_has_written_fails_above_0()
    {
        var catalog = PipelineLoader.Load(Repository.SqlFolder, configPath: null).Catalog;

        Assert.All(
            catalog.OwnTables.Where(table => table.Kind != TableKind.View).SelectMany(table => CatalogChecks.Of(table, CheckSuite.Master))
                .Where(check => check is RowCheck or UniqueCheck or ReferenceCheck),
            check => Assert.Equal("error > 0", check.Definition.Threshold.ToString()));
    }
}
