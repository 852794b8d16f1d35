using System.Management.Automation;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>
/// A folder and a runspace for one example. One that connects to a warehouse itself begins with nothing, as its reader does; the others
/// begin in the prepared folder, connected to its warehouse.
/// </summary>
internal sealed class ExampleSession : IDisposable
{
    private readonly ExampleServers _servers;
    private readonly ModuleRunspace _session = ModuleRunspace.WithProbes();
    private readonly string _suffix = Guid.NewGuid().ToString("N")[..8];

    public ExampleSession(Example example, PreparedFolder prepared, ExampleServers servers)
    {
        _servers = servers;
        if (example.Text.Contains("Connect-LoyaltyWarehouse", StringComparison.Ordinal))
            return;
        prepared.CopyTo(_session.Folder);
        _session.Run("$null = Connect-LoyaltyWarehouse ./loyalty.duckdb").Succeeded();
    }

    public void Dispose() => _session.Dispose();

    /// <summary>Brings about what a text takes for granted.</summary>
    public async Task PrepareAsync(IEnumerable<string> given)
    {
        foreach (var script in given)
            _session.Run(await TranslateAsync(script)).Succeeded();
        _session.Run("Set-StrictMode -Version 3.0").Succeeded();
    }

    public async Task<ScriptResult> RunAsync(string code) => _session.Run(await TranslateAsync(code));

    /// <summary>What does not hold after a statement.</summary>
    /// <param name="emitted">What it emitted, $out of the conditions.</param>
    /// <param name="conditions">Scripts that emit one True where they hold.</param>
    public async Task<IReadOnlyList<string>> FailedAsync(IReadOnlyList<PSObject> emitted, IEnumerable<string> conditions)
    {
        var failed = new List<string>();
        _session.Set("out", emitted.ToArray());
        foreach (var condition in conditions)
        {
            var result = _session.Run(await TranslateAsync(condition));
            if (result is not { TerminatingError: null, Errors.Count: 0, Output: [true] })
                failed.Add($"{condition} is {string.Join(", ", result.Output)}{result.TerminatingError}{string.Join(", ", result.Errors)}");
        }

        return failed;
    }

    /// <summary>Says what a statement's parameters and values get wrong, without running it.</summary>
    public async Task<IReadOnlyList<string>> BindAsync(string code) =>
    [
        .. _session.Run($$"""
            $script = [System.Management.Automation.Language.Parser]::ParseInput('{{(await TranslateAsync(code)).Replace("'", "''", StringComparison.Ordinal)}}', [ref] $null, [ref] $null)
            foreach ($command in $script.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                $null = Get-Command $command.GetCommandName() -ErrorAction Stop
                [System.Management.Automation.Language.StaticParameterBinder]::BindCommand($command).BindingExceptions.Values.ForEach{ $_.BindingException.Message }
            }
            """).Succeeded().Output.Cast<string>(),
    ];

    /// <summary>The types of what a cmdlet of the module emits; none for other commands.</summary>
    public IReadOnlyList<Type> OutputTypes(string command) =>
    [
        .. _session.Run($"Get-Command '{command}' -Module LoyaltyPipeline -ErrorAction Ignore | ForEach-Object OutputType")
            .Succeeded().Output.Cast<PSTypeName>().Select(name => name.Type).OfType<Type>()
            // Rows whose columns the user names are objects without a type of their own.
            .Select(type => type == typeof(PSObject) ? typeof(PSCustomObject) : type),
    ];

    /// <summary>Files and when they were written, but for the empty log that the engine has beside an open warehouse.</summary>
    public IReadOnlyDictionary<string, DateTime> Files() =>
        Directory.GetFiles(_session.Folder, "*", SearchOption.AllDirectories)
            .Where(file => !(file.EndsWith(".wal", StringComparison.Ordinal) && new FileInfo(file).Length == 0))
            .ToDictionary(
                file => Path.GetRelativePath(_session.Folder, file).Replace('\\', '/'), File.GetLastWriteTimeUtc, StringComparer.Ordinal);

    private async Task<string> TranslateAsync(string code)
    {
        foreach (var (from, to) in ExampleNotes.Substitutions)
            code = code.Replace(
                from,
                to.Replace("{repository}", RepositoryRoot.Path, StringComparison.Ordinal)
                    .Replace("{folder}", _session.Folder, StringComparison.Ordinal), StringComparison.Ordinal);
        return await _servers.OwnBucketsAsync(code, _suffix);
    }
}
