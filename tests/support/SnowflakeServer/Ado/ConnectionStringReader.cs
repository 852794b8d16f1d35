using System.Data.Common;
using LoyaltyPipeline.SnowflakeSupport.Sessions;

namespace LoyaltyPipeline.SnowflakeSupport.Ado;

/// <summary>Reads a connection string as Snowflake's driver does.</summary>
internal static class ConnectionStringReader
{
    private static readonly string[] Known =
    [
        "account", "user", "password", "authenticator", "private_key_file", "private_key_pwd", "private_key", "token", "role", "warehouse",
        "db", "schema", "host", "scheme", "port", "passcode",
        "application", "connection_timeout", "client_session_keep_alive", "poolingenabled", "minpoolsize", "maxpoolsize", "querytag",
        "query_tag", "retry_timeout", "maxhttpretries", "insecuremode",
        "changedsession", "expirationtimeout", "waitingforidlesessiontimeout", "disablequerycontextcache", "validate_default_parameters",
        "disableretry", "usehttp", "disable_console_login",
    ];

    /// <summary>Reads who wants a session.</summary>
    /// <exception cref="TestDbException">It is no connection string, or something is missing in it.</exception>
    public static LoginRequest Read(string connectionString)
    {
        var values = Parse(connectionString);
        var account = Required(values, "account");
        var login = new LoginRequest
        {
            Account = account,
            User = Value(values, "user") ?? "",
            Authenticator = (Value(values, "authenticator") ?? "snowflake").ToUpperInvariant(),
            Password = Value(values, "password"),
            Token = Value(values, "token"),
            Database = Value(values, "db"),
            Schema = Value(values, "schema"),
            Role = Value(values, "role"),
            Warehouse = Value(values, "warehouse"),
        };
        switch (login.Authenticator)
        {
            case "SNOWFLAKE" or "USERNAME_PASSWORD_MFA":
                Required(values, "user");
                Required(values, "password");
                return login;
            case "OAUTH" or "PROGRAMMATIC_ACCESS_TOKEN":
                Required(values, "token");
                return login;
            case "SNOWFLAKE_JWT":
                return login with
                {
                    Token = KeyPairToken.Create(
                    account, Required(values, "user"), Required(values, "private_key_file"), Value(values, "private_key_pwd"))
                };
            default:
                throw new TestDbException(null, 270011, $"Unknown authenticator {login.Authenticator}.");
        }
    }

    private static DbConnectionStringBuilder Parse(string connectionString)
    {
        DbConnectionStringBuilder values;
        try
        {
            values = new DbConnectionStringBuilder { ConnectionString = connectionString };
        }
        catch (ArgumentException exception)
        {
            throw new TestDbException("08006", 270008, "Invalid connection string.", cause: exception);
        }

        var unknown = values.Keys.Cast<string>().FirstOrDefault(key => !Known.Contains(key, StringComparer.OrdinalIgnoreCase));
        return unknown is null
            ? values
            : throw new TestDbException("08006", 270008, $"The test server does not know the connection property {unknown}.");
    }

    private static string? Value(DbConnectionStringBuilder values, string key) =>
        values.TryGetValue(key, out var value) ? value as string : null;

    private static string Required(DbConnectionStringBuilder values, string key) =>
        Value(values, key) is { Length: > 0 } value
            ? value
            : throw new TestDbException("08006", 270006, $"Required property {key.ToUpperInvariant()} is not provided.");
}
