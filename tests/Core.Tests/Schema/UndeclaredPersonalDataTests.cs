using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Queries;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Schema;

/// <summary>
/// A declaration that lies: it says that a column of Master is made of the region, and the SQL makes it of something else. What is personal
/// data there is found in the SQL.
/// </summary>
public sealed class UndeclaredPersonalDataTests
{
    private const string Profiles = "{DW_A.USER_PROFILE}";

    [Theory]
    [InlineData("users.EMAIL", "EMAIL")]
    [InlineData("phone", "PHONE")]
    [InlineData("UPPER(SUBSTR(users.FULL_NAME, 1, 3))", "FULL_NAME")]
    [InlineData("CASE WHEN users.REGION_CODE = 'EU' THEN 'x' ELSE COALESCE(users.PHONE, 'y') END", "PHONE")]
    [InlineData("CASE WHEN users.EMAIL LIKE '%@example.com' THEN 'ours' END", "EMAIL")]
    [InlineData("MAX(users.FULL_NAME) OVER (PARTITION BY users.REGION_CODE)", "FULL_NAME")]
    [InlineData("MAX(users.REGION_CODE) OVER (PARTITION BY users.EMAIL)", "EMAIL")]
    [InlineData($"(SELECT MAX(p.PHONE) FROM {Profiles} AS p WHERE p.USER_ID = users.USER_ID)", "PHONE")]
    [InlineData($"(SELECT MAX(users.EMAIL) FROM {Profiles} AS p)", "EMAIL")]
    [InlineData($"CASE WHEN users.EMAIL IN (SELECT REGION_CODE FROM {Profiles}) THEN 'x' END", "EMAIL")]
    [InlineData($"(SELECT MAX(a) FROM (SELECT REGION_CODE AS a FROM {Profiles} UNION ALL SELECT EMAIL FROM {Profiles}) AS joined)", "EMAIL")]
    [InlineData($"(WITH c AS (SELECT * FROM {Profiles}) SELECT MAX(named) FROM (SELECT c.FULL_NAME AS named FROM c) AS d)", "FULL_NAME")]
    [InlineData($"(WITH c AS MATERIALIZED (SELECT EMAIL AS e FROM {Profiles}) SELECT MAX(e) FROM c)", "EMAIL")]
    [InlineData($"(SELECT MAX(l) FROM (SELECT FULL_NAME FROM {Profiles}) AS t(l))", "FULL_NAME")]
    public async Task Master_does_not_get_it(string sql, string of)
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.MergeAsync(daysLater: -1);
        Grow(scene, sql);

        var refused = await scene.RefusedAsync("CatalogInvalid", RunStatus.Failed);

        Assert.Contains($"makes LOYALTY.MASTER.EXTRA of DW_A.USER_PROFILE.{of}", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await scene.Test.RowsAsync("SELECT * FROM information_schema.columns WHERE column_name = 'EXTRA'"));
    }

    [Theory]
    [InlineData("users.REGION_CODE || 'x'")]
    [InlineData($"(SELECT MAX(p.REGION_CODE) FROM {Profiles} AS p WHERE p.EMAIL = users.EMAIL)")]
    [InlineData($"CASE WHEN (SELECT COUNT(*) FROM {Profiles}) > 5 THEN users.REGION_CODE END")]
    [InlineData($"CASE WHEN EXISTS (SELECT 1 FROM {Profiles} AS p WHERE p.USER_ID = users.USER_ID) THEN 'x' END")]
    [InlineData($"(WITH c AS MATERIALIZED (SELECT REGION_CODE AS EMAIL FROM {Profiles}) SELECT MAX(EMAIL) FROM c)")]
    public async Task What_is_none_comes_in(string sql)
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        Grow(scene, sql);

        Assert.Equal(MergeOutcome.Written, (await scene.MergeAsync()).Outcome);
    }

    // What was found of a text is kept for as long as the same is asked.
    [Fact]
    public void A_text_that_was_sound_is_refused_once_the_catalog_says_nothing_of_it()
    {
        const string Select = "SELECT USER_ID, EMAIL FROM DW_A.USER_PROFILE";
        var declared = PipelineLoader.Load(Repository.SqlFolder, configPath: null).Catalog;
        var silent = new LoyaltyCatalog([.. declared.Tables.Select(table => table.Name == declared.Master.Name ? Silent(table) : table)]);

        Refuse(declared);

        for (var times = 0; times < 2; times++)
            Assert.Equal("CatalogInvalid", Assert.Throws<LoyaltyException>(() => Refuse(silent)).ErrorId);
        Refuse(declared);

        static CatalogTable Silent(CatalogTable table) =>
            table with { Columns = [.. table.Columns.Select(column => column with { PersonalData = PersonalData.None })] };

        static void Refuse(LoyaltyCatalog catalog) => UndeclaredPersonalData.Refuse(catalog, catalog.Master, Select, "It");
    }

    private static void Grow(MergeScene scene, string sql) => scene.ChangeDefinition(
        script => script.Replace("    users.EMAIL,\n", $"    users.EMAIL,\n    {sql} AS EXTRA,\n", StringComparison.Ordinal),
        catalog => catalog.Replace(
            "  - name: LOYALTY.HISTORY\n",
            "      - {name: EXTRA, type: VARCHAR, nullable: true, from: [DW_A.USER_PROFILE.REGION_CODE], description: A region.}\n"
                + "\n  - name: LOYALTY.HISTORY\n",
            StringComparison.Ordinal));
}
