using System.Management.Automation.Runspaces;

namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>
/// A runspace of the real engine in this process, with the module imported as it is built, and a folder of its own as current location.
/// </summary>
internal sealed class ModuleRunspace : IDisposable
{
    private const int Tries = 5;

    private static readonly Lock Opening = new();

    private readonly Runspace _runspace;
    private readonly List<StreamRecord> _records = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loyalty-");

    /// <summary>Opens a runspace.</summary>
    /// <param name="choice">The answer to every question: 0 yes, 2 no.</param>
    /// <param name="import">Whether the module is imported.</param>
    /// <param name="refusal">What every question throws instead of being answered.</param>
    public ModuleRunspace(int choice = 0, bool import = true, Exception? refusal = null)
    {
        _runspace = Open(
            () => RunspaceFactory.CreateRunspace(new RecordingHost(RecordHost, choice, refusal), InitialSessionState.CreateDefault()));
        _runspace.SessionStateProxy.Path.SetLocation(Folder);
        if (import)
            Run($"Import-Module '{Manifest}'").Succeeded();
    }

    // Of two that open at the same moment one is now and then without a current location; scripts open some too, which no lock here holds
    // back.
    private static Runspace Open(Func<Runspace> create)
    {
        lock (Opening)
        {
            for (var left = Tries; ; left--)
            {
                var runspace = create();
                runspace.Open();
                if (runspace.SessionStateProxy.Drive.Current is not null || left == 1)
                    return runspace;
                runspace.Dispose();
            }
        }
    }

    public static string Manifest { get; } = RepositoryRoot.Combine("LoyaltyPipeline.psd1");

    /// <summary>The current location of the runspace; deleted at the end.</summary>
    public string Folder => _folder.FullName;

    /// <summary>A runspace that has the cmdlets of <c>tests/support/RuntimeProbes</c> too.</summary>
    public static ModuleRunspace WithProbes(int choice = 0, Exception? refusal = null)
    {
        var runspace = new ModuleRunspace(choice, refusal: refusal);
        runspace.Run($"Import-Module '{RepositoryRoot.ProjectOutput("tests/support/RuntimeProbes", "LoyaltyPipeline.RuntimeProbes.dll")}'")
            .Succeeded();
        return runspace;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public ScriptResult Run(string script)
    {
        using var running = Start(script);
        return running.Wait();
    }

    public RunningScript Start(string script) => new(_runspace, _records, script);

    /// <summary>Gives a variable of the session a value.</summary>
    public void Set(string name, object value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Closes the runspace; its folder stays until the end.</summary>
    public void Close() => _runspace.Close();

    public void Dispose()
    {
        _runspace.Dispose();
        _folder.Delete(recursive: true);
    }

    private void RecordHost(string text)
    {
        lock (_records)
            _records.Add(new StreamRecord(StreamKind.Host, text));
    }
}
