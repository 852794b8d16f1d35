using System.Text;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Tests.SyntheticData;

namespace LoyaltyPipeline.Core.Tests.Engines.Snowflake;

/// <summary>A folder that SNOWFLAKE_HOME names as long as the scene lasts.</summary>
internal sealed class ConnectionsFileScene : IDisposable
{
    /// <summary>Of tests that run one after the other, because the environment is everybody's.</summary>
    public const string Collection = "connections.toml";

    private const string HomeVariable = "SNOWFLAKE_HOME";
    private const string DefaultVariable = "SNOWFLAKE_DEFAULT_CONNECTION_NAME";

    private readonly TemporaryFolder _folder = new();
    private readonly string? _home = Environment.GetEnvironmentVariable(HomeVariable);
    private readonly string? _default = Environment.GetEnvironmentVariable(DefaultVariable);

    public ConnectionsFileScene(string? toml = null, string? defaultName = null)
    {
        Environment.SetEnvironmentVariable(HomeVariable, _folder.Path);
        Environment.SetEnvironmentVariable(DefaultVariable, defaultName);
        if (toml is not null)
            Write("connections.toml", toml);
    }

    public string File => PathOf("connections.toml");

    public string PathOf(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Writes a file that only its owner may read.</summary>
    public void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file that only its owner may read, in whatever encoding.</summary>
    public void Write(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(PathOf(name), bytes);
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(PathOf(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>What the driver is told.</summary>
    public static System.Data.Common.DbConnectionStringBuilder Told(AccountSettings settings) =>
        new() { ConnectionString = SnowflakeConnection.Create(settings).Text };

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(HomeVariable, _home);
        Environment.SetEnvironmentVariable(DefaultVariable, _default);
        _folder.Dispose();
    }
}
