using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>What Connect-LoyaltyWarehouse -Snowflake says before anything is sent.</summary>
public sealed class SnowflakeParameterTests : IDisposable
{
    private readonly ModuleRunspace _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("-Path a.duckdb -Snowflake", "AmbiguousParameterSet")]
    [InlineData("a.duckdb -ConnectionName prod", "PositionalParameterNotFound")]
    [InlineData("-Snowflake -LockTimeout 5", "AmbiguousParameterSet")]
    public void What_belongs_to_one_engine_is_not_taken_for_the_other(string parameters, string errorId) =>
        Assert.Equal(errorId, _session.Run($"Connect-LoyaltyWarehouse {parameters}").ErrorId);

    [Fact]
    public void Every_parameter_of_a_connection_is_there_and_secrets_are_no_plain_text()
    {
        var result = _session
            .Run(
                "(Get-Command Connect-LoyaltyWarehouse).ParameterSets.Where{ $_.Name -eq 'Snowflake' }.Parameters.ForEach{ $_.Name + ' ' + $_.ParameterType.Name }").Succeeded();

        Assert.Subset(
            result.Output.ToHashSet(),
            new HashSet<object>
            {
                "Snowflake SwitchParameter", "ConnectionName String", "Account String", "User String", "PrivateKeyPath String",
                "PrivateKeyPassphrase SecureString", "Role String", "VirtualWarehouse String",
                "Database String", "Schema String", "Credential PSCredential", "Token SecureString", "TokenVariable String",
            });
        Assert.DoesNotContain(
            result.Output, parameter => $"{parameter}" is "Password String" or "Token String" or "PrivateKeyPassphrase String");
    }

    [Theory]
    [InlineData("-Account a", "database")]
    [InlineData("-Account a -Database d -PrivateKeyPath no-such.p8", "no-such.p8")]
    [InlineData("-Account a -Database d -TokenVariable LOYALTY_TEST_NO_SUCH_VARIABLE", "LOYALTY_TEST_NO_SUCH_VARIABLE")]
    [InlineData("-ConnectionName no-such-connection", "no-such-connection")]
    public void What_is_missing_is_named(string parameters, string named)
    {
        var result = _session.Run($"Connect-LoyaltyWarehouse -Snowflake {parameters}");

        Assert.Equal("SnowflakeConnectionInvalid", result.ErrorId);
        Assert.Contains(named, result.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_driver_there_is_one_error_that_says_how_to_add_it_and_no_secret()
    {
        const string Secret = "7h15-15-4-53cr37";
        using var empty = new ScratchFolder();
        Environment.SetEnvironmentVariable("LOYALTY_TEST_UNUSED_TOKEN", Secret);

        // In a process of its own: this one may have the driver loaded.
        var lines = await FreshProcess.RunAsync(
            $"Import-Module '{ModuleRunspace.Manifest}'; $env:LOYALTY_SNOWFLAKE_DRIVER = '{empty.Path}'; "
            + "try { Connect-LoyaltyWarehouse -Snowflake -Account a -Database d -TokenVariable LOYALTY_TEST_UNUSED_TOKEN } catch { $_.FullyQualifiedErrorId; $_.ErrorDetails.RecommendedAction; \"$($_.TargetObject)\"; \"$($_.Exception)\" }");

        Assert.Contains("SnowflakeDriverMissing,LoyaltyPipeline.Commands.ConnectLoyaltyWarehouseCommand", lines);
        Assert.Contains(
            lines,
            line => line.Contains("./build.ps1", StringComparison.Ordinal)
                && line.Contains("LOYALTY_SNOWFLAKE_DRIVER", StringComparison.Ordinal));
        Assert.Contains(empty.Path, lines);
        Assert.DoesNotContain(lines, line => line.Contains(Secret, StringComparison.Ordinal));
    }
}
