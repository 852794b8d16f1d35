using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Extracts;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Core.Tests.Conformance;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Extracts;

/// <summary>Extracts are the same whichever engine the warehouse is on.</summary>
public sealed class EngineExtractTests
{
    private static readonly DateOnly Day = new(2024, 3, 31);

    [Fact]
    public async Task Both_engines_write_the_same_bytes()
    {
        var expected = await ExtractAsync(DuckDbDialect.Name);

        Assert.Equal(8, expected.Count);
        Assert.All(expected, extract => Assert.DoesNotContain(" 0 rows", extract, StringComparison.Ordinal));
        Assert.Equal(expected, await ExtractAsync(SnowflakeDialect.Name));
    }

    private static async Task<List<string>> ExtractAsync(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        using var folder = new TemporaryFolder();
        await test.InitializeAsync();
        await test.ExecuteAsync(
            "INSERT INTO DW_C.REGION_METADATA VALUES ('EU', 'Europe, all', 'BE', 'Core')",
            "INSERT INTO DW_A.USER_PROFILE VALUES (1, NULL, NULL, NULL, 'EU', 'plus', 'active', TRUE, TIMESTAMP '2023-01-01 00:00:00', TIMESTAMP '2024-01-01 00:00:00')",
            "INSERT INTO DW_A.USER_PROFILE VALUES (2, NULL, NULL, NULL, NULL, 'plus', 'closed', TRUE, TIMESTAMP '2023-01-01 00:00:00', TIMESTAMP '2024-01-01 00:00:00')",
            "INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES (1, DATE '2024-03-01', 55.55)",
            "INSERT INTO DW_B.FEATURE_ADOPTION VALUES (1, 'export', '=reports', TIMESTAMP '2024-03-10 00:00:00', TIMESTAMP '2024-03-11 00:00:00', 3)");
        await new MergeRunner(test.Pipeline).RunAsync(
            test.Warehouse, new MergeOptions(Day, Force: true), test.Reporter, EngineWarehouse.Token);

        var extracts = new List<string>();
        // How long a run took is never twice the same.
        foreach (var view in ExtractView.All(test.Pipeline.Catalog).Where(view => view.Name.Table != "RUN_HEALTH"))
        {
            foreach (var format in new[] { FileFormat.Csv, FileFormat.Parquet })
            {
                var options = new ExtractOptions(
                    view, folder.Path, FileName: null, format, ExtractFile.Of(format, null).Compression, new S3Settings());
                var result = await ExtractWriter.WriteAsync(test.Warehouse, test.Pipeline, options, EngineWarehouse.Token);
                extracts.Add($"{view} {format} {result.Rows} rows {result.Bytes} {result.Sha256}");
            }
        }

        return extracts;
    }
}
