using System.Security.Cryptography;
using System.Text;
using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Tests.Conformance;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Redaction;

/// <summary>Masked views follow the catalog and the policy for readers, and no column of personal data shows through.</summary>
public sealed class MaskedViewTests
{
    private const string NewColumns = """
              - name: CONTACT
                type: VARCHAR
                nullable: true
                pii: email
                from: [DW_A.USER_PROFILE.EMAIL]
                description: Where to write to.
              - name: NICKNAME
                type: VARCHAR
                nullable: true
                pii: name
                from: [DW_A.USER_PROFILE.FULL_NAME]
                description: What to call.

        """;

    [Fact]
    public async Task A_column_that_Master_gains_is_there_at_once_and_masked_by_its_class()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.MergeAsync();
        Grow(scene);

        await scene.MergeAsync(daysLater: 1);

        foreach (var view in new[] { "MASTER_MASKED", "HISTORY_MASKED WHERE VALID_TO IS NULL" })
        {
            Assert.Equal(
                await scene.Test.RowsAsync("SELECT USER_ID, SHA256(EMAIL) FROM LOYALTY.MASTER ORDER BY 1"),
                await scene.Test.RowsAsync($"SELECT USER_ID, CONTACT FROM LOYALTY.{view} ORDER BY 1"));
        }

        Assert.Equal(
            ["LOYALTY|HISTORY", "LOYALTY|HISTORY_SNAPSHOT", "LOYALTY|MASTER"],
            await scene.Test.RowsAsync(
                "SELECT table_schema, table_name FROM information_schema.columns WHERE column_name = 'NICKNAME' ORDER BY 2"));
        foreach (var view in new[] { "MASTER_MASKED", "HISTORY_MASKED" })
            Assert.DoesNotContain("u1@", string.Join('\n', await scene.Test.RowsAsync($"SELECT * FROM LOYALTY.{view}")));
        Assert.Empty(await InitializeAsync(scene.Test));
    }

    [Fact]
    public async Task Another_policy_makes_other_views_at_the_next_merge()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await scene.MergeAsync();
        using var folder = new TemporaryFolder();
        var config = Path.Combine(folder.Path, "pipeline.yml");
        await File.WriteAllTextAsync(config, "readers: {redaction: {email: generalize, name: mask}}", TestWarehouse.Token);
        scene.Test.Pipeline = PipelineLoader.Load(Repository.SqlFolder, config) with { Config = scene.Test.Pipeline.Config };

        await scene.MergeAsync(daysLater: 1);

        Assert.Equal(
            ["1|example.com|***|NULL"], await scene.Test.RowsAsync("SELECT USER_ID, EMAIL, FULL_NAME, PHONE FROM LOYALTY.MASTER_MASKED"));
        var email = scene.Test.Pipeline.Catalog.Table("LOYALTY.MASTER_MASKED").FindColumn("EMAIL")!;
        Assert.Equal("The user's address. Shown as generalize makes it.", email.Description);
    }

    [Fact]
    public async Task Other_programs_read_them_as_the_file_lies_there()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "warehouse.duckdb");
        await using (var test = await TestWarehouse.CreateAsync(path: path))
            await test.ExecuteAsync("INSERT INTO LOYALTY.MASTER (USER_ID, EMAIL, FULL_NAME) VALUES (1, ' A@B ', 'Ann')");

        await using var connection = new DuckDBConnection($"DataSource={path};ACCESS_MODE=READ_ONLY");
        await connection.OpenAsync(TestWarehouse.Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT EMAIL FROM LOYALTY.MASTER_MASKED";

        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("a@b"))),
            await command.ExecuteScalarAsync(TestWarehouse.Token));
    }

    [Fact]
    public async Task On_Snowflake_the_script_masks_and_tags_and_there_is_no_view()
    {
        await using var test = await EngineWarehouse.CreateAsync(SnowflakeDialect.Name);

        await RunScriptAsync(test);
        await RunScriptAsync(test);

        Assert.Empty(await test.InitializeAsync());
        Assert.Empty(await test.RowsAsync("SELECT TABLE_NAME FROM INFORMATION_SCHEMA.VIEWS WHERE TABLE_NAME LIKE '%_MASKED'"));
        var sent = test.Server!.Statements.Select(statement => statement.Text).ToList();
        Assert.Contains("ALTER TABLE LOYALTY.HISTORY MODIFY COLUMN PHONE SET TAG LOYALTY.PERSONAL_DATA = 'phone'", sent);
        Assert.Contains("GRANT APPLY ON MASKING POLICY LOYALTY.MASK_EMAIL TO ROLE LOYALTY_WRITER", sent);
        // Whoever reads does so after the masks are there.
        Assert.True(
            sent.FindLastIndex(text => text.Contains("SET MASKING POLICY", StringComparison.Ordinal))
                < sent.FindLastIndex(text => text.StartsWith("GRANT SELECT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task On_Snowflake_a_new_column_is_masked_from_the_first_on_or_not_added()
    {
        await using var test = await EngineWarehouse.CreateAsync(SnowflakeDialect.Name);
        await test.InitializeAsync();
        await test.ExecuteAsync("ALTER TABLE LOYALTY.HISTORY DROP COLUMN PHONE", "ALTER TABLE LOYALTY.RUN DROP COLUMN GUARDS");

        var error = await Assert.ThrowsAsync<LoyaltyException>(test.InitializeAsync);

        Assert.Equal(("SchemaConflict", "LOYALTY.HISTORY.PHONE"), (error.ErrorId, error.Target as string));
        Assert.Contains("without which readers would see it", error.Message, StringComparison.Ordinal);
        Assert.Contains("Get-LoyaltyDeployment", error.Remedy, StringComparison.Ordinal);
        Assert.Empty(await ColumnsAsync(test));

        await test.ExecuteAsync("CREATE MASKING POLICY LOYALTY.MASK_PHONE AS (CELL VARCHAR) RETURNS VARCHAR -> '***'");
        var changes = await test.InitializeAsync();

        Assert.Contains(
            "ALTER TABLE LOYALTY.HISTORY ADD COLUMN PHONE VARCHAR WITH MASKING POLICY LOYALTY.MASK_PHONE",
            changes.Select(change => change.Sql));
        Assert.Equal(["GUARDS", "PHONE"], await ColumnsAsync(test));
    }

    [Fact]
    public void A_policy_that_a_view_cannot_have_makes_no_catalog()
    {
        var error = Assert.Throws<LoyaltyException>(
            () => MaskedViews.Define(
                PipelineLoader.Load(Repository.SqlFolder, configPath: null).Catalog, new RedactionPolicy(SaltVariable: "SALT"),
                SnowflakeDialect.Instance));

        Assert.Equal("ConfigInvalid", error.ErrorId);
    }

    private static Task<IReadOnlyList<string>> ColumnsAsync(EngineWarehouse test) => test.RowsAsync(
        """
        SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS
        WHERE (TABLE_NAME = 'HISTORY' AND COLUMN_NAME = 'PHONE') OR (TABLE_NAME = 'RUN' AND COLUMN_NAME = 'GUARDS')
        ORDER BY 1
        """);

    private static async Task RunScriptAsync(EngineWarehouse test)
    {
        var script = DeploymentScript.Write(test.Pipeline, SnowflakeDialect.Name, new DeploymentTarget(IncludeSources: true));
        var statements = string.Join('\n', script.Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal)));
        await test.ExecuteAsync(
            [.. statements.Split(";\n").Select(statement => statement.Trim().TrimEnd(';')).Where(statement => statement.Length > 0)]);
    }

    private static void Grow(MergeScene scene) => scene.ChangeDefinition(
        script => script.Replace(
            "    users.EMAIL,\n", "    users.EMAIL,\n    users.EMAIL AS CONTACT,\n    users.FULL_NAME AS NICKNAME,\n",
            StringComparison.Ordinal),
        catalog => catalog.Replace("  - name: LOYALTY.HISTORY\n", $"{NewColumns}\n  - name: LOYALTY.HISTORY\n", StringComparison.Ordinal));

    private static Task<IReadOnlyList<SchemaChange>> InitializeAsync(TestWarehouse test) =>
        new SchemaInstaller(test.Pipeline.Catalog).InitializeAsync(
            test.Warehouse, includeSources: true, planOnly: false, test.Reporter, TestWarehouse.Token);
}
