using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery.Files;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Conformance;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Schema;

/// <summary>The script for a database administrator makes what the catalog declares.</summary>
public sealed class DeploymentTests
{
    public static TheoryData<string> Engines => EngineWarehouse.All;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task After_the_script_nothing_is_missing(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        var dialect = test.Warehouse.Dialect;

        for (var twice = 0; twice < 2; twice++)
            await test.ExecuteAsync(
                [.. DeploymentScript.Schema(test.Pipeline.Catalog, dialect, new DeploymentTarget(IncludeSources: true))
                    .Select(statement => statement.TrimEnd(';'))]);

        Assert.Empty(await test.InitializeAsync());
        Assert.Equal(["1"], await test.RowsAsync("SELECT COUNT(*) FROM LOYALTY.RUN_LOCK"));
    }

    [Fact]
    public async Task On_Snowflake_all_personal_data_is_masked_and_every_schema_is_granted()
    {
        await using var test = await EngineWarehouse.CreateAsync(DuckDbDialect.Name);

        var script = DeploymentScript.Write(test.Pipeline, "snowflake", new DeploymentTarget("LAKE", "WH", IncludeSources: true));

        foreach (var (table, column) in test.Pipeline.Catalog.Tables.Where(table => table.Kind != TableKind.View)
            .SelectMany(table => table.Columns.Select(column => (table, column))))
        {
            var masks =
                $"ALTER TABLE {table} MODIFY COLUMN {column.Name} SET MASKING POLICY LOYALTY.MASK_{column.PersonalData.ToString().ToUpperInvariant()} FORCE;";
            Assert.Equal(column.PersonalData != PersonalData.None, script.Contains(masks, StringComparison.Ordinal));
        }

        Assert.All(
            ["DW_A", "DW_B", "DW_C", "LOYALTY"],
            schema => Assert.Contains($"ON SCHEMA {schema} TO ROLE LOYALTY_WRITER", script, StringComparison.Ordinal));
        Assert.Contains("USE DATABASE LAKE;", script, StringComparison.Ordinal);
        Assert.Contains("SHA2(", script, StringComparison.Ordinal);
        Assert.DoesNotContain("TIMESTAMP,", script, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "DW_A", DeploymentScript.Write(test.Pipeline, "Snowflake", new DeploymentTarget()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task On_Snowflake_who_runs_it_writes_everything_and_who_reads_it_reads_what_is_its_own(bool includeSources)
    {
        await using var test = await EngineWarehouse.CreateAsync(DuckDbDialect.Name);

        var script = DeploymentScript.Write(test.Pipeline, "Snowflake", new DeploymentTarget("LAKE", "WH", includeSources));

        string[] sources = includeSources ? ["DW_A", "DW_B", "DW_C"] : [];
        string[] expected =
        [
            "CREATE ROLE IF NOT EXISTS LOYALTY_WRITER;",
            "CREATE ROLE IF NOT EXISTS LOYALTY_READER;",
            "CREATE ROLE IF NOT EXISTS LOYALTY_PERSONAL_DATA_READER;",
            "GRANT USAGE, OPERATE ON WAREHOUSE WH TO ROLE LOYALTY_WRITER;",
            "GRANT USAGE ON WAREHOUSE WH TO ROLE LOYALTY_READER;",
            "GRANT USAGE ON DATABASE LAKE TO ROLE LOYALTY_WRITER;",
            "GRANT USAGE ON DATABASE LAKE TO ROLE LOYALTY_READER;",
            "GRANT USAGE ON SCHEMA LOYALTY TO ROLE LOYALTY_READER;",
            "GRANT SELECT ON TABLE LOYALTY.MASTER TO ROLE LOYALTY_READER;",
            "GRANT SELECT ON TABLE LOYALTY.AUDIT TO ROLE LOYALTY_READER;",
            "GRANT SELECT ON ALL VIEWS IN SCHEMA LOYALTY TO ROLE LOYALTY_READER;",
            .. sources.Append("LOYALTY").SelectMany(schema => new[]
            {
                $"GRANT USAGE, CREATE TABLE, CREATE VIEW ON SCHEMA {schema} TO ROLE LOYALTY_WRITER;",
                $"GRANT OWNERSHIP ON ALL TABLES IN SCHEMA {schema} TO ROLE LOYALTY_WRITER COPY CURRENT GRANTS;",
                $"GRANT OWNERSHIP ON ALL VIEWS IN SCHEMA {schema} TO ROLE LOYALTY_WRITER COPY CURRENT GRANTS;",
            }),
        ];
        Assert.Empty(expected.Except(script.Split('\n')));
        // Not for a moment, either: each statement commits by itself.
        Assert.DoesNotContain("GRANT SELECT ON ALL TABLES", script, StringComparison.Ordinal);
        Assert.DoesNotContain("GRANT SELECT ON TABLE LOYALTY.ERASURE_KEY", script, StringComparison.Ordinal);
        Assert.Equal(includeSources, script.Contains("SCHEMA DW_", StringComparison.Ordinal));
        Assert.All(
            ["CREATE STORAGE INTEGRATION", "CREATE STAGE", "CREATE TASK"],
            template => Assert.Contains($"-- {template} ", script, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_stage_of_its_template_lies_where_it_says_the_destination_is()
    {
        await using var test = await EngineWarehouse.CreateAsync(SnowflakeDialect.Name);
        var lines = DeploymentScript.Write(test.Pipeline, "Snowflake", new DeploymentTarget())
            .Replace("<bucket>", "drop", StringComparison.Ordinal).Replace("<folder>", "loyalty", StringComparison.Ordinal)
            .Split('\n').Select(line => line.TrimStart('-', ' ')).ToList();
        var statements = string.Join('\n', lines).Split(';').Select(statement => statement.Trim()).ToList();
        var said = lines.Single(line => line.StartsWith("destination:", StringComparison.Ordinal)).Split(' ');
        await test.ExecuteAsync(
            "CREATE SCHEMA LOYALTY",
            statements.Single(statement => statement.StartsWith("CREATE STAGE", StringComparison.Ordinal)),
            statements.Single(statement => statement.StartsWith("GRANT USAGE ON STAGE", StringComparison.Ordinal)));
        await using var session = await test.Warehouse.OpenSessionAsync(EngineWarehouse.Token);

        var stage = StageLocation.Parse(said[4].Trim('\'', '.'));
        await StageCheck.DemandAsync(
            session, new Consumer { Name = "Marketing", Segment = EngagementSegment.HighlyEngaged }, stage, said[1], EngineWarehouse.Token);

        Assert.Equal(("LOYALTY.MARKETING_STAGE", "s3://drop/loyalty"), (stage.Stage, said[1]));
    }

    [Fact]
    public async Task A_name_that_would_be_more_than_a_name_is_refused()
    {
        await using var test = await EngineWarehouse.CreateAsync(DuckDbDialect.Name);

        var error = Assert.Throws<LoyaltyException>(
            () => DeploymentScript.Write(test.Pipeline, "Snowflake", new DeploymentTarget("X; DROP DATABASE Y")));

        Assert.Equal(LoyaltyErrors.ConfigInvalid, error.Definition);
    }
}
