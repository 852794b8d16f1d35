using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>What Prepare.ps1 makes, made once.</summary>
public sealed class PreparedFolder : IDisposable
{
    private readonly Lazy<ModuleRunspace> _made = new(Make);

    public void Dispose()
    {
        if (_made.IsValueCreated)
            _made.Value.Dispose();
    }

    internal void CopyTo(string folder)
    {
        var source = _made.Value.Folder;
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static ModuleRunspace Make()
    {
        var session = new ModuleRunspace();
        session.Run(File.ReadAllText(RepositoryRoot.Combine("tests", "Module.Tests", "Help", "Examples", "Prepare.ps1"))).Succeeded();
        return session;
    }
}
