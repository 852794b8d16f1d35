using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Runs;

/// <summary>The catalog knows the kinds of runs that there are: a check of the log would blame any other.</summary>
public sealed class RunKindTests
{
    [Theory]
    [InlineData("RUN")]
    [InlineData("RUN_HEALTH")]
    public void Each_kind_is_accepted_by_the_catalog(string table)
    {
        var catalog = PipelineLoader.Load(Repository.SqlFolder, configPath: null).Catalog;

        var kind = catalog.OwnTables.Single(own => own.Name == new TableName(LoyaltyCatalog.WarehouseSchema, table)).Columns
            .Single(column => column.Name == "KIND");

        Assert.Equal(Enum.GetNames<RunKind>(), kind.Accepted);
    }
}
