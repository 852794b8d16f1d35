using System.Management.Automation;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>
/// Connect-LoyaltyWarehouse -Snowflake over the wire, by every proof of who connects; whatever comes of it, no secret is shown.
/// </summary>
public sealed class SnowflakeConnectTests(SnowflakeServerProcess server) : IClassFixture<SnowflakeServerProcess>, IDisposable
{
    private const string Loud = "$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; ";

    // The engine here has no ConvertTo-SecureString, and a secret in the script itself would be in every error record.
    private const string Prepare =
        "function Secure($name) { [System.Net.NetworkCredential]::new('', [System.Environment]::GetEnvironmentVariable($name)).SecurePassword }; ";

    private readonly ModuleRunspace? _session = SnowflakeServerProcess.HasDriver ? new ModuleRunspace() : null;

    private ModuleRunspace Session
    {
        get
        {
            Assert.SkipUnless(SnowflakeServerProcess.HasDriver, "The Snowflake driver is not there: nothing goes over the wire.");
            Environment.SetEnvironmentVariable("LOYALTY_TEST_PASSWORD", server.Password);
            Environment.SetEnvironmentVariable("LOYALTY_TEST_TOKEN", server.Token);
            Environment.SetEnvironmentVariable("LOYALTY_TEST_PASSPHRASE", server.Passphrase);
            Environment.SetEnvironmentVariable("LOYALTY_TEST_WRONG", $"wrong-{server.Passphrase}");
            return _session!;
        }
    }

    public void Dispose() => _session?.Dispose();

    [Theory]
    [InlineData("-ConnectionName ready")]
    [InlineData("-ConnectionName local -PrivateKeyPath '{key}' -PrivateKeyPassphrase (Secure LOYALTY_TEST_PASSPHRASE)")]
    [InlineData("-ConnectionName local -Credential ([pscredential]::new('RUNNER', (Secure LOYALTY_TEST_PASSWORD)))")]
    [InlineData("-ConnectionName local -Token (Secure LOYALTY_TEST_TOKEN) -Role LOADER -VirtualWarehouse LOADING -Schema PUBLIC")]
    [InlineData("-ConnectionName local -TokenVariable LOYALTY_TEST_TOKEN")]
    public void Every_proof_lets_one_in_and_is_shown_nowhere(string parameters)
    {
        var result = Session.Run(
            $"{Loud}{Prepare}$w = Connect-LoyaltyWarehouse -Snowflake {parameters.Replace("{key}", server.PrivateKeyPath, StringComparison.Ordinal)}; $w; $w | Out-Default; \"$w\"; $w.IsOpen; "
            + "$null = Initialize-LoyaltyWarehouse -IncludeSources; $null = Get-LoyaltyRun; Disconnect-LoyaltyWarehouse; $w.IsOpen")
            .Succeeded();

        Assert.Equal([$"snowflake://{server.Account}/{server.Database}", true, false], result.Output.Skip(1));
        AssertNoSecret(result);
    }

    [Theory]
    [InlineData(
        "-ConnectionName local -PrivateKeyPath '{key}' -PrivateKeyPassphrase (Secure LOYALTY_TEST_WRONG)", "WarehouseUnavailable",
        "WarehouseLoginDenied")]
    [InlineData("-ConnectionName local -PrivateKeyPath '{key}'", "WarehouseUnavailable", "WarehouseLoginDenied")]
    [InlineData(
        "-ConnectionName local -User NOBODY -PrivateKeyPath '{key}' -PrivateKeyPassphrase (Secure LOYALTY_TEST_PASSPHRASE)",
        "WarehouseLoginDenied")]
    [InlineData("-ConnectionName local -Credential ([pscredential]::new('RUNNER', (Secure LOYALTY_TEST_WRONG)))", "WarehouseLoginDenied")]
    [InlineData(
        "-ConnectionName local -Credential ([pscredential]::new('NOBODY', (Secure LOYALTY_TEST_PASSWORD)))", "WarehouseLoginDenied")]
    [InlineData("-ConnectionName ready -Account ELSEWHERE", "WarehouseLoginDenied")]
    [InlineData("-ConnectionName local -Token (Secure LOYALTY_TEST_WRONG)", "WarehouseLoginDenied")]
    [InlineData("-ConnectionName nowhere", "SnowflakeConnectionInvalid")]
    [InlineData("-ConnectionName local -Token (Secure LOYALTY_TEST_TOKEN) -TokenVariable LOYALTY_TEST_TOKEN", "SnowflakeConnectionInvalid")]
    [InlineData(
        "-ConnectionName local -Credential ([pscredential]::new('RUNNER', (Secure LOYALTY_TEST_PASSWORD))) -PrivateKeyPath '{key}'",
        "SnowflakeConnectionInvalid")]
    public void Who_is_not_let_in_is_told_why_and_no_secret(string parameters, params string[] errorIds)
    {
        var result = Session.Run(
            $"{Loud}{Prepare}Connect-LoyaltyWarehouse -Snowflake {parameters.Replace("{key}", server.PrivateKeyPath, StringComparison.Ordinal)}");

        Assert.Contains(result.ErrorId, errorIds);
        Assert.NotEmpty(result.Error.ErrorDetails.RecommendedAction);
        AssertNoSecret(result);
        Assert.Equal("WarehouseNotConnected", Session.Run("Initialize-LoyaltyWarehouse").ErrorId);
    }

    [Fact]
    public void A_cmdlet_takes_the_name_of_a_connection_and_the_whole_pipeline_runs()
    {
        var result = Session.Run(
            $"{Loud}$env:LOYALTY_WAREHOUSE = $null; $null = New-LoyaltySample -Users 30 -Days 40 -Path landing; $null = Initialize-LoyaltyWarehouse -IncludeSources -Warehouse ready; $null = Import-LoyaltySource landing -Warehouse ready; "
            + "$m = Invoke-LoyaltyMerge 2026-06-30 -Warehouse ready; $m.Users; $s = @(Get-EngagementSegment -Warehouse ready); $s.Count -gt 0; @(Get-LoyaltyRun -Warehouse ready -Kind Merge)[0].Steps[0].QueryIds.Length -gt 0").Succeeded();

        Assert.Equal([30L, true, true], result.Output);
        AssertNoSecret(result);
    }

    private void AssertNoSecret(ScriptResult result)
    {
        var errors = result.Errors.Append(result.TerminatingError).OfType<ErrorRecord>()
            .SelectMany(
                error => new object?[] { error.Exception, error.TargetObject, error.ErrorDetails, error,
                    error.InvocationInfo?.PositionMessage });
        var objects = result.Output.OfType<object>()
            .SelectMany(
                value => PSObject.AsPSObject(value).Properties.Where(property => property.IsGettable).Select(property => property.Value));
        var said = string.Join('\n', [.. result.Records, .. errors, .. objects]);
        Assert.DoesNotContain(server.Secrets, secret => said.Contains(secret, StringComparison.Ordinal));
    }
}
