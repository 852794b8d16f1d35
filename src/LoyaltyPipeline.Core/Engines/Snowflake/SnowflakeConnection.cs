using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Security;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Engines.Snowflake;

/// <summary>What the driver is told, and the secrets in it, which nobody else must be.</summary>
internal sealed class SnowflakeConnection
{
    private static readonly string[] SecretKeys = ["password", "token", "private_key", "private_key_pwd", "passcode", "oauthClientSecret",
        "proxyPassword"];

    private readonly DbConnectionStringBuilder _values;

    private SnowflakeConnection(DbConnectionStringBuilder values) => _values = values;

    /// <summary>The text for the driver. Holds secrets.</summary>
    public string Text => _values.ConnectionString;

    /// <summary>Where the warehouse is, without secrets.</summary>
    public string Location => $"snowflake://{Value("account") ?? Value("host")}/{Value("db")}";

    /// <summary>Puts together what the driver is told.</summary>
    /// <exception cref="LoyaltyException"><c>SnowflakeConnectionInvalid</c>.</exception>
    public static SnowflakeConnection Create(AccountSettings settings)
    {
        var values = new DbConnectionStringBuilder();
        if (NameOf(settings) is { } name)
        {
            foreach (var (key, value) in SnowflakeConnectionsFile.Read(name))
                values[key] = value;
        }

        foreach (var (key, value) in Given(settings))
            values[key] = value;
        values["schema"] = values.TryGetValue("schema", out var schema) ? schema : Catalog.LoyaltyCatalog.WarehouseSchema;
        // A run keeps its temporary tables in one session, which nobody else may be given afterwards.
        values["poolingEnabled"] = "false";
        values["application"] = "LoyaltyPipeline";
        var connection = new SnowflakeConnection(values);
        connection.Require("account", settings);
        connection.Require("db", settings);
        return connection;
    }

    /// <summary>A text without the secrets.</summary>
    /// <param name="text">The text, for example a message of the driver.</param>
    /// <returns>The text, secrets replaced.</returns>
    public string Conceal(string text) =>
        Secrets().Aggregate(text, (shown, secret) => shown.Replace(secret, "***", StringComparison.Ordinal));

    /// <summary>Whether a text holds a secret.</summary>
    /// <returns>True for one that must not be shown.</returns>
    public bool Betrays(string text) => Secrets().Any(secret => text.Contains(secret, StringComparison.Ordinal));

    // As with Snowflake's other tools, whoever says nothing means the default connection.
    private static string? NameOf(AccountSettings settings) => settings.ConnectionName
        ?? (settings.Account is null && File.Exists(SnowflakeConnectionsFile.Location) ? SnowflakeConnectionsFile.DefaultName : null);

    private static IEnumerable<(string Key, string Value)> Given(AccountSettings settings)
    {
        (string Key, string? Value)[] plain =
        [
            ("account", settings.Account), ("user", settings.User), ("role", settings.Role), ("warehouse", settings.VirtualWarehouse),
            ("db", settings.Database), ("schema", settings.Schema),
            ("host", settings.Host), ("port", settings.Port?.ToString(CultureInfo.InvariantCulture)), ("scheme", settings.Scheme),
        ];
        return plain.Concat(Proof(settings)).Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value!));
    }

    private static IEnumerable<(string Key, string? Value)> Proof(AccountSettings settings)
    {
        object?[] proofs = [(object?)settings.PrivateKeyPath ?? settings.PrivateKeyPassphrase, settings.Password, settings.Token,
            settings.TokenVariable];
        if (proofs.Count(proof => proof is not null) > 1)
            throw LoyaltyErrors.SnowflakeConnectionInvalid.Because(
                "There is more than one proof of who connects.", settings.ConnectionName,
                "Give a private key, a credential, a token or the variable with a token: one of them.");
        if (settings.PrivateKeyPath is { } path && !File.Exists(path))
            throw LoyaltyErrors.SnowflakeConnectionInvalid.Because(
                $"There is no private key file {path}.", path, "Correct -PrivateKeyPath.");
        if (settings.PrivateKeyPath is not null || settings.PrivateKeyPassphrase is not null)
            return [("authenticator", "snowflake_jwt"), ("private_key_file", settings.PrivateKeyPath),
                ("private_key_pwd", Reveal(settings.PrivateKeyPassphrase))];
        if (settings.Token is not null || settings.TokenVariable is not null)
            return [("authenticator", "programmatic_access_token"),
                ("token", Reveal(settings.Token) ?? ReadToken(settings.TokenVariable!))];
        return settings.Password is null ? [] : [("authenticator", "snowflake"), ("password", Reveal(settings.Password))];
    }

    private static string ReadToken(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } token
        ? token
        : throw LoyaltyErrors.SnowflakeConnectionInvalid.Because(
            $"The environment variable {variable}, which holds the access token, is not set.", variable,
            "Set it before the run, from where secrets are kept.");

    private static string? Reveal(SecureString? secret) => secret is null ? null : new NetworkCredential(string.Empty, secret).Password;

    private void Require(string key, AccountSettings settings)
    {
        if (Value(key) is { Length: > 0 })
            return;
        var who = NameOf(settings) is { } name
            ? $"Neither what was given nor the connection {name} in {SnowflakeConnectionsFile.Location}"
            : "Nothing";
        throw LoyaltyErrors.SnowflakeConnectionInvalid.Because(
            $"{who} says which {(key == "db" ? "database" : key)} of Snowflake to connect to.", settings.ConnectionName);
    }

    private string? Value(string key) =>
        _values.TryGetValue(key, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    // The longest first: one may be part of another.
    private IEnumerable<string> Secrets() =>
        SecretKeys.Select(Value).OfType<string>().Where(secret => secret.Length > 0).OrderByDescending(secret => secret.Length);
}
