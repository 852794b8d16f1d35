using System.Net;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Conformance;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using LoyaltyPipeline.SnowflakeSupport;
using LoyaltyPipeline.SnowflakeSupport.Sessions;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Engines.Snowflake;

/// <summary>Who connects, with what, and what is said when that does not work.</summary>
[Collection(ConnectionsFileScene.Collection)]
public sealed class SnowflakeConnectionTests
{
    private const string Secret = "pa;ss\"word=7";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_password_is_refused_and_not_shown()
    {
        using var server = new SnowflakeServer();

        var error = await Assert.ThrowsAsync<LoyaltyException>(
            () => EngineWarehouse.ConnectAsync(server, settings => settings with { Password = Secure(Secret) }));

        Assert.Equal(LoyaltyErrors.WarehouseLoginDenied, error.Definition);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("390100", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passwords_and_tokens_of_any_characters_reach_the_server()
    {
        using var server = new SnowflakeServer();
        server.AddUser(new SnowflakeUser("ODD") { Password = Secret, Tokens = ["t;o=k'en"], DefaultDatabase = server.Database });

        await using var byPassword = await EngineWarehouse.ConnectAsync(
            server, settings => settings with { User = "ODD", Password = Secure(Secret) });
        await using var byToken = await EngineWarehouse.ConnectAsync(
            server, settings => settings with { User = "ODD", Password = null, Token = Secure("t;o=k'en") });

        Assert.Equal($"snowflake://{server.Account}/{server.Database}", byPassword.Location);
        Assert.Equal(byPassword.Location, byToken.Location);
        Assert.DoesNotContain(Secret, new AccountSettings { Password = Secure(Secret) }.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_may_come_from_the_environment()
    {
        using var server = new SnowflakeServer();
        var variable = $"LOYALTY_TEST_TOKEN_{Guid.NewGuid():N}";
        server.AddUser(new SnowflakeUser("ODD") { Tokens = ["secret-token"], DefaultDatabase = server.Database });
        AccountSettings Change(AccountSettings settings) => settings with { User = "ODD", Password = null, TokenVariable = variable };

        var missing = await Assert.ThrowsAsync<LoyaltyException>(() => EngineWarehouse.ConnectAsync(server, Change));
        Environment.SetEnvironmentVariable(variable, "secret-token");
        await using var warehouse = await EngineWarehouse.ConnectAsync(server, Change);
        Environment.SetEnvironmentVariable(variable, null);

        Assert.Equal((LoyaltyErrors.SnowflakeConnectionInvalid, variable), (missing.Definition, missing.Target));
    }

    [Fact]
    public async Task What_is_missing_or_too_much_is_named()
    {
        using var server = new SnowflakeServer();

        var account = await Assert.ThrowsAsync<LoyaltyException>(
            () => EngineWarehouse.ConnectAsync(server, settings => settings with { Account = null }));
        var database = await Assert.ThrowsAsync<LoyaltyException>(
            () => EngineWarehouse.ConnectAsync(server, settings => settings with { Database = null }));
        var key = await Assert.ThrowsAsync<LoyaltyException>(
            () => EngineWarehouse.ConnectAsync(server, settings => settings with { Password = null, PrivateKeyPath = "/no/such.p8" }));
        var proofs = await Assert.ThrowsAsync<LoyaltyException>(
            () => EngineWarehouse.ConnectAsync(server, settings => settings with { TokenVariable = "ANY" }));

        Assert.All([account, database, key, proofs], error => Assert.Equal(LoyaltyErrors.SnowflakeConnectionInvalid, error.Definition));
        Assert.Contains("account", account.Message, StringComparison.Ordinal);
        Assert.Contains("database", database.Message, StringComparison.Ordinal);
        Assert.Contains("/no/such.p8", key.Message, StringComparison.Ordinal);
        Assert.Contains("more than one proof", proofs.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_driver_is_one_error_that_says_how_to_add_it()
    {
        using var folder = new TemporaryFolder();

        var missing = Assert.Throws<LoyaltyException>(() => SnowflakeDriver.Load(folder.Path));
        File.WriteAllText(Path.Combine(folder.Path, "Snowflake.Data.dll"), "no assembly");
        var broken = Assert.Throws<LoyaltyException>(() => SnowflakeDriver.Load(folder.Path));

        Assert.All([missing, broken], error => Assert.Equal(LoyaltyErrors.SnowflakeDriverMissing, error.Definition));
        Assert.Contains("LOYALTY_SNOWFLAKE_DRIVER", missing.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statements_are_tagged_with_run_and_step_and_their_ids_are_in_the_log()
    {
        await using var test = await EngineWarehouse.CreateAsync("Snowflake");
        await test.InitializeAsync();
        await test.ExecuteAsync(
            "INSERT INTO DW_A.USER_PROFILE (USER_ID, ACCOUNT_TYPE, ACCOUNT_STATUS, MARKETING_CONSENT, SIGNED_UP_AT, UPDATED_AT) VALUES (1, 'standard', 'active', TRUE, '2023-01-01', '2024-01-01')");

        var result = await new Core.Merging.MergeRunner(test.Pipeline).RunAsync(
            test.Warehouse, new Core.Merging.MergeOptions(new DateOnly(2024, 3, 31)), test.Reporter, Token);

        var statements = test.Server!.Statements;
        Assert.Contains(
            statements,
            statement => statement.QueryTag == $"LoyaltyPipeline {result.RunId} Build"
                && statement.Text.Contains("MERGE_MASTER", StringComparison.Ordinal));
        var write = statements.Single(statement => statement.Text.StartsWith("INSERT INTO LOYALTY.MASTER", StringComparison.Ordinal));
        Assert.Equal($"LoyaltyPipeline {result.RunId} Write", write.QueryTag);
        var steps =
            (await Core.Runs.RunReader.ReadAsync(test.Warehouse, new Core.Runs.RunQuery([result.RunId]), test.Reporter, Token))[0].Steps;
        Assert.Contains(write.QueryId, steps.Single(step => step.Step == "Write").QueryIds!.Split(' '));
        Assert.DoesNotContain(statements, statement => statement.Text.Contains(test.Server.Password, StringComparison.Ordinal));
    }

    private static System.Security.SecureString Secure(string text) => new NetworkCredential(string.Empty, text).SecurePassword;
}
