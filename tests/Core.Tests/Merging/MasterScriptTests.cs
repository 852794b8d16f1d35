using LoyaltyPipeline.Core.Errors;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>What is wrong with Master_Table.sql is said of Master_Table.sql, and nothing is written.</summary>
public sealed class MasterScriptTests
{
    [Theory]
    [InlineData("    users.EMAIL,\n", "", "does not yield the column EMAIL of LOYALTY.MASTER")]
    [InlineData("    users.EMAIL,\n", "    users.EMAIL, 1 AS EXTRA,\n", "yields the column EXTRA, which the catalog does not describe")]
    [InlineData("    users.EMAIL,\n", "    users.EMAIL, users.EMAIL,\n", "which the catalog does not describe")]
    [InlineData("    users.EMAIL,\n", "    users.EMAIL AS MAIL,\n", "does not yield the column EMAIL")]
    [InlineData(
        "COALESCE(help.HELP_VIEWS_30D, 0) AS", "CAST(COALESCE(help.HELP_VIEWS_30D, 0) AS HUGEINT) AS",
        "yields HELP_VIEWS_30D as HUGEINT, but the catalog says INTEGER")]
    [InlineData("COALESCE(help.HELP_VIEWS_30D, 0)", "CAST(0 AS BIGINT)", "yields HELP_VIEWS_30D as BIGINT, but the catalog says INTEGER")]
    [InlineData(
        "0) AS DECIMAL(18,2))", "0) AS DECIMAL(18,3))",
        "yields PURCHASE_AMOUNT_TOTAL as DECIMAL(18,3), but the catalog says DECIMAL(18,2)")]
    [InlineData(
        "{DW_A.USER_ACTIVITY}\n    GROUP", "{DW_A.USER_ACTIVITIES}\n    GROUP",
        "reads {DW_A.USER_ACTIVITIES}, which is no source of the catalog")]
    [InlineData("FROM {DW_A.USER_PROFILE}", "FROM {LOYALTY.MASTER}", "reads {LOYALTY.MASTER}, which is no source of the catalog")]
    [InlineData("SIGNED_UP_AT < {run_date}", "SIGNED_UP_AT < {RunDate}", "reads {RunDate}, which is no source of the catalog")]
    [InlineData("LEFT JOIN help ON", "LEFT JOIN help OM", "cannot be run: DuckDB refused a statement: Parser Error")]
    [InlineData(
        "LEFT JOIN help ON help.USER_ID", "LEFT JOIN help ON help.USERID", "cannot be run: DuckDB refused a statement: Binder Error")]
    [InlineData("FROM {DW_A.USER_PROFILE}", "FROM DW_A.NOBODY", "cannot be run: DuckDB refused a statement: Catalog Error")]
    public async Task A_mistake_names_the_script(string sound, string broken, string reason)
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await scene.MergeAsync();
        await scene.AddUserAsync(2, 50);
        scene.ChangeDefinition(script: text => text.Replace(sound, broken, StringComparison.Ordinal));

        var error = await scene.RefusedAsync("MasterScriptInvalid", RunStatus.Failed);

        var path = scene.Test.Pipeline.MasterScriptPath;
        Assert.StartsWith(path + " ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(path, error.Target);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- nothing but a comment with a {placeholder}")]
    [InlineData("DROP TABLE LOYALTY.MASTER")]
    public async Task A_text_that_is_no_SELECT_is_refused(string script)
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        scene.ChangeDefinition(script: _ => script);

        await scene.RefusedAsync("MasterScriptInvalid", RunStatus.Failed);
    }

    [Fact]
    public async Task Data_that_the_script_cannot_digest_is_not_its_mistake()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        scene.ChangeDefinition(
            script: text => text.Replace(
                "users.EMAIL,", "CASE WHEN users.USER_ID > 0 THEN error('no such thing') ELSE users.EMAIL END AS EMAIL,",
                StringComparison.Ordinal));

        var error = await scene.RefusedAsync("QueryFailed", RunStatus.Failed);
        Assert.Contains("no such thing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_multiplies_rows_names_the_users()
    {
        await using var scene = await MergeScene.CreateAsync(users: 9);
        await scene.MergeAsync();
        await scene.RunAsync(
            "INSERT INTO DW_B.SERVICE_REQUESTS SELECT u * 10 + n, u, 'service', '2024-03-01', 'open' FROM range(3, 10) AS a(u), range(2) AS b(n)");
        scene.ChangeDefinition(script: text => text.Replace(
            "CAST(COUNT_IF(STATUS = 'open') AS INTEGER) AS OPEN_SERVICE_REQUESTS\n    FROM {DW_B.SERVICE_REQUESTS}\n    GROUP BY USER_ID",
            "1 AS OPEN_SERVICE_REQUESTS\n    FROM {DW_B.SERVICE_REQUESTS}", StringComparison.Ordinal));

        var error = await scene.RefusedAsync("DuplicateKey", RunStatus.Failed);
        Assert.Equal("Master would have more than one row, or none it can name, for USER_ID 3, 4, 5, 6, 7.", error.Message);
        Assert.Equal(["3", "4", "5", "6", "7"], Assert.IsType<IReadOnlyList<string>>(error.Target, exactMatch: false));
        await scene.RefusedAsync("DuplicateKey", RunStatus.Failed, force: true);
    }

    [Fact]
    public async Task A_user_without_id_is_a_duplicate_of_nobody_and_refused()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        scene.ChangeDefinition(
            script: text => text.Replace(
                "SELECT\n    users.USER_ID,", "SELECT\n    NULLIF(users.USER_ID, 2) AS USER_ID,", StringComparison.Ordinal));

        Assert.EndsWith(
            "for USER_ID NULL.", (await scene.RefusedAsync("DuplicateKey", RunStatus.Failed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_script_has_another_hash_in_the_log()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await scene.MergeAsync();
        scene.ChangeDefinition(script: text => text + "\n-- {a} comment\n");
        await scene.MergeAsync();
        scene.ChangeDefinition(script: text => text.TrimEnd() + ";\n");
        await scene.MergeAsync();
        scene.ChangeDefinition(script: text => text.TrimEnd() + " -- the end");
        await scene.MergeAsync();

        Assert.Equal(4, (await scene.RunsAsync()).Select(run => run.ScriptSha256).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_script_that_is_not_there_is_named()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        foreach (var path in new[] { Path.Combine(scene.Test.Folder, "none.sql"), scene.Test.Folder })
        {
            scene.Test.Pipeline = scene.Test.Pipeline with { MasterScriptPath = path };
            var error = await Assert.ThrowsAsync<LoyaltyException>(() => scene.MergeAsync());
            Assert.Equal("MasterScriptInvalid", error.ErrorId);
            Assert.StartsWith($"{path} cannot be read", error.Message, StringComparison.Ordinal);
        }
    }
}
