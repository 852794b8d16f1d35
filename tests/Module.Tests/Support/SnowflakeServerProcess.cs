using System.Diagnostics;
using System.Security.Cryptography;

namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>
/// The Snowflake test server in a process of its own, where its libraries meet none of the module's; beside it a connection <c>local</c> in
/// the connections.toml of a folder that SNOWFLAKE_HOME names, with no proof of who connects, and the user's private key.
/// </summary>
public sealed class SnowflakeServerProcess : IAsyncLifetime
{
    private const string HomeVariable = "SNOWFLAKE_HOME";

    private readonly ScratchFolder _folder = new();
    private readonly string? _home = Environment.GetEnvironmentVariable(HomeVariable);
    private Process? _process;
    private Dictionary<string, string> _facts = [];

    /// <summary>Whether the module finds the driver, without which nothing goes over the wire.</summary>
    public static bool HasDriver =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("LOYALTY_SNOWFLAKE_DRIVER"))
            || File.Exists(RepositoryRoot.Combine("module", "deps", "snowflake", "Snowflake.Data.dll"));

    public string Account => _facts["ACCOUNT"];

    public string Database => _facts["DATABASE"];

    public string User => _facts["USER"];

    public string Password => _facts["PASSWORD"];

    public string Token => _facts["TOKEN"];

    /// <summary>What the private key is encrypted with.</summary>
    public string Passphrase { get; } = $"phrase-{Guid.NewGuid():N}";

    public string PrivateKeyPath => Path.Combine(_folder.Path, "key.p8");

    /// <summary>Everything that nobody may see.</summary>
    public IReadOnlyList<string> Secrets =>
        [Password, Token, Passphrase, .. File.ReadAllLines(PrivateKeyPath).Where(line => line.Length > 40)];

    public async ValueTask InitializeAsync()
    {
        if (!HasDriver)
            return;
        using var key = RSA.Create(2048);
        var publicKey = _folder.Write("key.pub", key.ExportSubjectPublicKeyInfoPem());
        WritePrivately(
            "key.p8",
            key.ExportEncryptedPkcs8PrivateKeyPem(
                Passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000)));
        _process = Process.Start(new ProcessStartInfo(
            "dotnet", [RepositoryRoot.ProjectOutput("tests/support/SnowflakeServer", "LoyaltyPipeline.SnowflakeServer.dll"), publicKey])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        while (await _process.StandardOutput.ReadLineAsync() is { Length: > 0 } line)
            _facts[line[..line.IndexOf('=', StringComparison.Ordinal)]] = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..];
        WritePrivately(
            "connections.toml",
            $"[local]\naccount = \"{Account}\"\nuser = \"{User}\"\ndatabase = \"{Database}\"\nhost = \"{_facts["HOST"]}\"\nport = {_facts["PORT"]}\nprotocol = \"http\"\n");
        WriteConnection("ready", $"password = \"{Password}\"");
        Environment.SetEnvironmentVariable(HomeVariable, _folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(HomeVariable, _home);
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder.Dispose();
    }

    /// <summary>Adds a connection that differs from <c>local</c> by some lines.</summary>
    private void WriteConnection(string name, string lines)
    {
        var path = Path.Combine(_folder.Path, "connections.toml");
        var local = File.ReadAllText(path);
        File.AppendAllText(path, $"{local.Replace("[local]", $"[{name}]", StringComparison.Ordinal)}{lines}\n");
    }

    private void WritePrivately(string name, string text)
    {
        var path = _folder.Write(name, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
