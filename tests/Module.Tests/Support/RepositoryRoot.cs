namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>Where the repository lies, and what its build has put there.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder of Loyalty.sln.</summary>
    public static string Path { get; } = Find();

    /// <summary>Debug or Release: what the tests were built as, other programs are taken as.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar)).Parent!.Name;

    /// <summary>A file that a project of this repository builds, in the configuration of the tests.</summary>
    public static string ProjectOutput(string project, string file) => Combine(project, "bin", Configuration, "net10.0", file);

    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Loyalty.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No Loyalty.sln above {AppContext.BaseDirectory}.");
    }
}
