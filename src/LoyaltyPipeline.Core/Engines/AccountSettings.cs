using System.Security;

namespace LoyaltyPipeline.Core.Engines;

/// <summary>
/// Where a warehouse in an account of Snowflake is and who connects to it. What is null is left to the driver, or to the account's
/// defaults.
/// </summary>
public sealed record AccountSettings
{
    /// <summary>A section of <c>connections.toml</c> that gives what is not given here.</summary>
    public string? ConnectionName { get; init; }

    /// <summary>The account, for example <c>myorg-myaccount</c>.</summary>
    public string? Account { get; init; }

    /// <summary>The user.</summary>
    public string? User { get; init; }

    /// <summary>The file of the user's private key.</summary>
    public string? PrivateKeyPath { get; init; }

    /// <summary>What the private key is encrypted with.</summary>
    public SecureString? PrivateKeyPassphrase { get; init; }

    /// <summary>The password.</summary>
    public SecureString? Password { get; init; }

    /// <summary>A programmatic access token.</summary>
    public SecureString? Token { get; init; }

    /// <summary>An environment variable that holds a programmatic access token.</summary>
    public string? TokenVariable { get; init; }

    /// <summary>The role.</summary>
    public string? Role { get; init; }

    /// <summary>The virtual warehouse, which does the work.</summary>
    public string? VirtualWarehouse { get; init; }

    /// <summary>The database with the schema LOYALTY.</summary>
    public string? Database { get; init; }

    /// <summary>The schema in which a session begins; temporary tables are made there. By default LOYALTY.</summary>
    public string? Schema { get; init; }

    /// <summary>The host, where it does not follow from the account.</summary>
    public string? Host { get; init; }

    /// <summary>The port, where it is not 443.</summary>
    public int? Port { get; init; }

    /// <summary><c>https</c>, or <c>http</c> for a server on this machine.</summary>
    public string? Scheme { get; init; }

    /// <summary>How long a statement may take before Snowflake ends it.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How long a statement may wait for the lock of a table that another transaction holds.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The account and the database; never a secret.</summary>
    /// <returns>For example <c>snowflake://myorg-myaccount/ANALYTICS</c>.</returns>
    public override string ToString() => $"snowflake://{Account ?? ConnectionName}/{Database}";
}
