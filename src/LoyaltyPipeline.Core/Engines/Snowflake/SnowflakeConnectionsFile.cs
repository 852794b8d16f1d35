using System.Globalization;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using Tomlyn;
using Tomlyn.Model;

namespace LoyaltyPipeline.Core.Engines.Snowflake;

/// <summary>
/// Reads <c>connections.toml</c>, in which Snowflake's tools keep named connections. What other tools keep there and the driver does not
/// know, the driver ignores.
/// </summary>
public static class SnowflakeConnectionsFile
{
    private const string Name = "connections.toml";
    private const string TokenFileKey = "token_file_path";

    // What tools of other languages call what the driver calls otherwise.
    private static readonly Dictionary<string, string> DriverKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["database"] = "db",
        ["protocol"] = "scheme",
        ["private_key_path"] = "private_key_file",
        ["private_key_passphrase"] = "private_key_pwd",
        ["private_key_file_pwd"] = "private_key_pwd",
        ["private_key_raw"] = "private_key",
        ["oauth_client_id"] = "oauthClientId",
        ["oauth_client_secret"] = "oauthClientSecret",
        ["oauth_scope"] = "oauthScope",
        ["oauth_redirect_uri"] = "oauthRedirectUri",
        ["oauth_authorization_url"] = "oauthAuthorizationUrl",
        ["oauth_token_request_url"] = "oauthTokenRequestUrl",
        ["oauth_enable_single_use_refresh_tokens"] = "oauthEnableSingleUseRefreshTokens",
    };

    /// <summary>The file: in the folder that SNOWFLAKE_HOME names, or in <c>~/.snowflake</c>.</summary>
    public static string Location => Path.Combine(
        Environment.GetEnvironmentVariable("SNOWFLAKE_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".snowflake"), Name);

    /// <summary>
    /// The connection that is meant where none is named: the one that SNOWFLAKE_DEFAULT_CONNECTION_NAME names, else <c>default</c>.
    /// </summary>
    internal static string DefaultName =>
        Environment.GetEnvironmentVariable("SNOWFLAKE_DEFAULT_CONNECTION_NAME") is { Length: > 0 } name ? name : "default";

    /// <summary>The names of the connections.</summary>
    /// <returns>The names; none where there is no file, or it cannot be read.</returns>
    public static IReadOnlyList<string> Names()
    {
        try
        {
            return File.Exists(Location) ? [.. Load().Keys] : [];
        }
        catch (LoyaltyException)
        {
            // Whoever uses one of the connections is told.
            return [];
        }
    }

    /// <summary>Reads a connection.</summary>
    /// <returns>Its settings, as the driver calls them.</returns>
    /// <exception cref="LoyaltyException"><c>SnowflakeConnectionInvalid</c>.</exception>
    internal static IReadOnlyList<(string Key, string Value)> Read(string name)
    {
        if (!File.Exists(Location))
            throw LoyaltyErrors.SnowflakeConnectionInvalid.Because($"There is no file {Location} with the connection {name}.", name);
        RequirePrivate(Location);
        if (!Load().TryGetValue(name, out var section) || section is not TomlTable settings)
            throw LoyaltyErrors.SnowflakeConnectionInvalid.Because(
                $"{Location} has no connection {name}.", name, "Name one of its sections, or add one.");
        // A token that is given goes before a file with one; a section within a section is for other tools.
        return [.. settings.Where(pair => pair.Value is not TomlTable && !(pair.Key == TokenFileKey && settings.ContainsKey("token")))
            .Select(pair => Setting(name, pair.Key, pair.Value))];
    }

    private static (string Key, string Value) Setting(string name, string key, object? value)
    {
        if (value is not (string or long or bool))
            throw LoyaltyErrors.SnowflakeConnectionInvalid.Because(
                $"{key} of the connection {name} in {Location} is neither a text nor a whole number nor true or false.", name,
                $"Correct {key} in the file.");
        var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        return key == TokenFileKey ? ("token", ReadToken(name, text)) : (DriverKeys.GetValueOrDefault(key, key), text);
    }

    private static string ReadToken(string name, string path)
    {
        if (!File.Exists(path))
            throw LoyaltyErrors.SnowflakeConnectionInvalid.Because(
                $"{TokenFileKey} of the connection {name} in {Location} names {path}, which is not there.", name,
                $"Correct {TokenFileKey} in the file.");
        RequirePrivate(path);
        return ReadText(path).Trim();
    }

    private static TomlTable Load()
    {
        var text = ReadText(Location);
        try
        {
            return TomlSerializer.Deserialize<TomlTable>(text) ?? [];
        }
        catch (TomlException exception)
        {
            // The message of the parser would show the line, which may hold a secret.
            throw LoyaltyErrors.SnowflakeConnectionInvalid.Because(
                $"{Location} cannot be read as TOML: look at line {exception.Line}.", Location, "Correct the line.");
        }
    }

    private static string ReadText(string path)
    {
        try
        {
            return Utf8File.Read(path, LoyaltyErrors.SnowflakeConnectionInvalid);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw LoyaltyErrors.SnowflakeConnectionInvalid.Because(
                $"{path} cannot be read: {exception.Message}", path, "Let your account read it.");
        }
    }

    // It holds secrets; Snowflake's own tools refuse such a file too.
    private static void RequirePrivate(string path)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            throw LoyaltyErrors.SnowflakeConnectionInvalid.Because(
                $"Others than its owner may read or write {path}.", path, "Make it private: chmod 600.");
    }
}
