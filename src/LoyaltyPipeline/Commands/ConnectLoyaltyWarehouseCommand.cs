using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Parameters;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Commands;

/// <summary>
/// Opens a DuckDB file, creating it where there is none, or connects to Snowflake, and makes that the session's warehouse.
/// </summary>
/// <remarks>
/// <para>The cmdlets that follow use this warehouse where they are not given another by -Warehouse. Each runspace has a warehouse of its
/// own.</para>
/// <para>
/// Connecting again closes the warehouse that was connected before, and before the new one is opened: where that fails, none is connected,
/// and what a script does next cannot go into a warehouse that it did not ask for: until the next Connect- or Disconnect-LoyaltyWarehouse,
/// what LOYALTY_WAREHOUSE names is not used either. A DuckDB file can be open in one process at a time; disconnect, remove the module or
/// end the session to let others have it.
/// </para>
/// <para>
/// With -Snowflake the driver is needed; where it is missing, the error SnowflakeDriverMissing says how to add it. Who connects is said by
/// a section of connections.toml (-ConnectionName), a private key, a credential or an access token; what is given on the command line goes
/// before what the section says. Secrets are given as secure strings or by environment variables, and are never shown.
/// </para>
/// <para>
/// A file that does not exist is made, empty, and a line says so: the path may have a slip in it. Initialize-LoyaltyWarehouse makes its
/// tables. With -MustExist a file that does not exist is an error, and none is made.
/// </para>
/// <para>
/// With -ReadOnly nothing can be written: cmdlets that read work, -WhatIf plans, Test-PipelineIntegrity checks and keeps no results, and
/// whatever else would write is the error WarehouseReadOnly. The file is not locked for others who read it so too; one who writes it keeps
/// them out, and they him. On Snowflake a role says who may write.
/// </para>
/// <para>
/// With -WhatIf nothing is opened, made or closed, and the session keeps the warehouse that it has: the one that is emitted only names the
/// file, and cmdlets that are given it open the file for themselves. Only a session without a warehouse takes it for its own, so that what
/// follows can be planned too.
/// </para>
/// </remarks>
/// <example>
/// <code>Connect-LoyaltyWarehouse ./loyalty.duckdb</code>
/// Opens the file loyalty.duckdb in the current location.
/// </example>
/// <example>
/// <code>Connect-LoyaltyWarehouse ./loyalty.duckdb -MustExist</code>
/// The same for a script that is to work on a warehouse that is there: a slip in the path makes no new file.
/// </example>
/// <example>
/// <code>Connect-LoyaltyWarehouse ./loyalty.duckdb -ReadOnly</code>
/// Opens it to look at it: no slip can change it.
/// </example>
/// <example>
/// <code>
/// $test = Connect-LoyaltyWarehouse :memory:
/// Initialize-LoyaltyWarehouse -IncludeSources
/// Disconnect-LoyaltyWarehouse $test
/// </code>
/// Works on a warehouse in memory, which is gone when it is disconnected.
/// </example>
/// <example>
/// <code>Connect-LoyaltyWarehouse -Snowflake -ConnectionName prod</code>
/// Connects to Snowflake as the section prod of connections.toml says.
/// </example>
/// <example>
/// <code>Connect-LoyaltyWarehouse -Snowflake -Account myorg-myaccount -User LOYALTY_RUNNER -PrivateKeyPath ./runner.p8 -Role LOYALTY_WRITER -VirtualWarehouse LOYALTY_WH -Database ANALYTICS</code>
/// Connects with a private key.
/// </example>
[Cmdlet(VerbsCommunications.Connect, "LoyaltyWarehouse", SupportsShouldProcess = true, DefaultParameterSetName = DuckDbSet)]
[OutputType(typeof(LoyaltyWarehouse))]
public sealed class ConnectLoyaltyWarehouseCommand : AsyncCmdlet
{
    private const string DuckDbSet = "DuckDB";
    private const string SnowflakeSet = "Snowflake";

    /// <summary>The DuckDB file, or <c>:memory:</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = DuckDbSet)]
    [Alias("FullName")]
    [AllowNull, AllowEmptyString] // A path from a variable that is not set must fail like any other that cannot be opened, not before the work begins.
    public string Path { get; set; } = string.Empty;

    /// <summary>Connects to Snowflake.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SnowflakeSet)]
    public SwitchParameter Snowflake { get; set; }

    /// <summary>
    /// A section of connections.toml, in $SNOWFLAKE_HOME or ~/.snowflake, as other tools of Snowflake use it. Where neither it nor an
    /// account is given, the section that $SNOWFLAKE_DEFAULT_CONNECTION_NAME names, else default.
    /// </summary>
    [Parameter(ParameterSetName = SnowflakeSet)]
    [ValidateNotNullOrEmpty]
    public string? ConnectionName { get; set; }

    /// <summary>The account, for example myorg-myaccount.</summary>
    [Parameter(ParameterSetName = SnowflakeSet)]
    [ValidateNotNullOrEmpty]
    public string? Account { get; set; }

    /// <summary>The user.</summary>
    [Parameter(ParameterSetName = SnowflakeSet)]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary>The file of the user's private key, in PEM.</summary>
    [Parameter(ParameterSetName = SnowflakeSet)]
    [ValidateNotNullOrEmpty]
    public string? PrivateKeyPath { get; set; }

    /// <summary>What the private key is encrypted with.</summary>
    [Parameter(ParameterSetName = SnowflakeSet)]
    public SecureString? PrivateKeyPassphrase { get; set; }

    /// <summary>User and password.</summary>
    [Parameter(ParameterSetName = SnowflakeSet)]
    public PSCredential? Credential { get; set; }

    /// <summary>A programmatic access token.</summary>
    [Parameter(ParameterSetName = SnowflakeSet)]
    public SecureString? Token { get; set; }

    /// <summary>The name of an environment variable that holds a programmatic access token.</summary>
    [Parameter(ParameterSetName = SnowflakeSet)]
    [ValidateNotNullOrEmpty]
    public string? TokenVariable { get; set; }

    /// <summary>The role to use.</summary>
    [Parameter(ParameterSetName = SnowflakeSet)]
    [ValidateNotNullOrEmpty]
    public string? Role { get; set; }

    /// <summary>The virtual warehouse that does the work.</summary>
    [Parameter(ParameterSetName = SnowflakeSet)]
    [ValidateNotNullOrEmpty]
    public string? VirtualWarehouse { get; set; }

    /// <summary>The database that holds the schema LOYALTY, or will.</summary>
    [Parameter(ParameterSetName = SnowflakeSet)]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>The schema in which temporary tables are made. By default LOYALTY.</summary>
    [Parameter(ParameterSetName = SnowflakeSet)]
    [ValidateNotNullOrEmpty]
    public string? Schema { get; set; }

    /// <summary>
    /// Leaves the session's warehouse as it is: the one that is opened is used by the cmdlets that are given it by -Warehouse, and is to be
    /// closed by Disconnect-LoyaltyWarehouse. For scripts that are called within a session.
    /// </summary>
    [Parameter]
    public SwitchParameter NoDefault { get; set; }

    /// <summary>Refuses a file that does not exist, in place of making a new, empty one.</summary>
    [Parameter(ParameterSetName = DuckDbSet)]
    public SwitchParameter MustExist { get; set; }

    /// <summary>
    /// Opens the file for reading only: whatever would write says WarehouseReadOnly, and as many processes as like can read it so at a time.
    /// It must be there.
    /// </summary>
    [Parameter(ParameterSetName = DuckDbSet)]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>
    /// How long to wait while another process has the file open: seconds, or a time such as 00:10:00. By default not at all.
    /// </summary>
    [Parameter(ParameterSetName = DuckDbSet)]
    [LockTimeoutTransformation]
    public TimeSpan LockTimeout { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (Snowflake)
        {
            await DisconnectAsync();
            await ConnectAsync(
                new LoyaltyWarehouse(await WarehouseConnector.OpenAccountAsync(await ReadSettingsAsync(), cancellationToken)));
            return;
        }

        if (await IsWhatIfAsync())
            await PlanAsync();
        else
            await OpenAsync(cancellationToken);
    }

    // What is opened here would be open to others no more, and what was connected before has not been closed.
    private async Task PlanAsync()
    {
        var wanted = await FindAsync();
        WarehouseConnector.DemandPlace(wanted.Location);
        await ShouldProcessAsync(wanted.IsNew ? CreationOf(wanted) : $"Connect to the warehouse {wanted.Location}", CreationOf(wanted));
        if (!NoDefault && await OnPipelineThreadAsync(() => DefaultWarehouse.Of(Runspace.DefaultRunspace)) is null)
            await OnPipelineThreadAsync(() => DefaultWarehouse.Set(Runspace.DefaultRunspace, wanted));
        await WriteObjectAsync(wanted);
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        LoyaltyWarehouse wanted;
        try
        {
            wanted = await FindAsync();
        }
        catch (LoyaltyException)
        {
            await DisconnectAsync();
            throw;
        }

        var isNew = wanted.IsNew;
        if (isNew && !await ShouldProcessAsync(CreationOf(wanted), $"{CreationOf(wanted)}?"))
            return;
        await DisconnectAsync();
        await ConnectAsync(await OpenAsync(wanted, cancellationToken));
        if (isNew)
            await WriteHostAsync($"{wanted.Location} is new and empty: Initialize-LoyaltyWarehouse makes its tables.");
    }

    private async Task<LoyaltyWarehouse> FindAsync()
    {
        var wanted = await OnPipelineThreadAsync(() => LoyaltyWarehouse.At(SessionState, Path));
        return (MustExist || ReadOnly) && wanted.IsNew ? throw wanted.Absent() : wanted;
    }

    private static string CreationOf(LoyaltyWarehouse wanted) => $"Create the warehouse file {wanted.Location}";

    private async Task DisconnectAsync()
    {
        if (NoDefault
            || await OnPipelineThreadAsync(() => DefaultWarehouse.Clear(Runspace.DefaultRunspace, isWanted: true)) is not { } earlier)
            return;
        earlier.Dispose();
        Reporter.Verbose($"Disconnected {earlier.Location}.");
    }

    private async Task ConnectAsync(LoyaltyWarehouse warehouse)
    {
        try
        {
            if (!NoDefault)
                await OnPipelineThreadAsync(() => DefaultWarehouse.Set(Runspace.DefaultRunspace, warehouse));
        }
        catch
        {
            warehouse.Dispose();
            throw;
        }

        await WriteObjectAsync(warehouse);
    }

    private async Task<AccountSettings> ReadSettingsAsync() => new()
    {
        ConnectionName = ConnectionName,
        Account = Account,
        User = User ?? Credential?.UserName,
        PrivateKeyPath = PrivateKeyPath is null ? null : await ResolvePathAsync(PrivateKeyPath),
        PrivateKeyPassphrase = PrivateKeyPassphrase,
        Password = Credential?.Password,
        Token = Token,
        TokenVariable = TokenVariable,
        Role = Role,
        VirtualWarehouse = VirtualWarehouse,
        Database = Database,
        Schema = Schema,
    };

    private async Task<LoyaltyWarehouse> OpenAsync(LoyaltyWarehouse wanted, CancellationToken cancellationToken) => new(
        await WarehouseConnector.OpenFileAsync(wanted.Location, new LockWait(LockTimeout), Reporter, ReadOnly, cancellationToken));
}
