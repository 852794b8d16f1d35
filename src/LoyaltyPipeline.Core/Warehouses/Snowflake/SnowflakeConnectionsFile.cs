using LoyaltyPipeline.Core.Errors;
using Tomlyn;
using Tomlyn.Model;

namespace LoyaltyPipeline.Core.Warehouses.Snowflake;

/// <summary>Reads <c>connections.toml</c>, in which Snowflake's tools keep named connections.</summary>
public static class SnowflakeConnectionsFile
{
    private const string Name = "connections.toml";

    // What tools of other languages call what the driver calls otherwise.
    private static readonly Dictionary<string, string> DriverKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["database"] = "db",
        ["protocol"] = "scheme",
        ["private_key_path"] = "private_key_file",
        ["private_key_passphrase"] = "private_key_pwd",
        ["private_key_file_pwd"] = "private_key_pwd",
    };

    /// <summary>The file: in the folder that SNOWFLAKE_HOME names, or in <c>~/.snowflake</c>.</summary>
    public static string Location => Path.Combine(
        Environment.GetEnvironmentVariable("SNOWFLAKE_HOME") is { Length: > 0 } home ? home : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".snowflake"), Name);

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
    /// <param name="name">Its name.</param>
    /// <returns>Its settings, as the driver calls them.</returns>
    /// <exception cref="LoyaltyException"><c>SnowflakeConnectionInvalid</c>.</exception>
    internal static IReadOnlyList<(string Key, string Value)> Read(string name)
    {
        if (!File.Exists(Location))
            throw LoyaltyErrors.SnowflakeConnectionInvalid.Because($"There is no file {Location} with the connection {name}.", name);
        RequirePrivate();
        return Load().TryGetValue(name, out var section) && section is TomlTable settings
            ? [.. settings.Where(pair => pair.Value is string or long or bool).Select(pair => (DriverKeys.GetValueOrDefault(pair.Key, pair.Key), Convert.ToString(pair.Value, System.Globalization.CultureInfo.InvariantCulture)!))]
            : throw LoyaltyErrors.SnowflakeConnectionInvalid.Because($"{Location} has no connection {name}.", name);
    }

    private static TomlTable Load()
    {
        try
        {
            return TomlSerializer.Deserialize<TomlTable>(File.ReadAllText(Location)) ?? [];
        }
        catch (Exception exception) when (exception is TomlException or IOException or UnauthorizedAccessException)
        {
            // The message of the parser would show the line, which may hold a secret.
            throw LoyaltyErrors.SnowflakeConnectionInvalid.Because($"{Location} cannot be read{(exception is TomlException ? " as TOML" : $": {exception.Message}")}.", Location);
        }
    }

    // It holds secrets; Snowflake's own tools refuse such a file too.
    private static void RequirePrivate()
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Location) & Others) != UnixFileMode.None)
            throw LoyaltyErrors.SnowflakeConnectionInvalid.Because($"Others than its owner may read or write {Location}.", Location, "Make it private: chmod 600.");
    }
}
