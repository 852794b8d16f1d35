using System.Reflection;

namespace LoyaltyPipeline.Benchmarks;

/// <summary>Places in the checkout.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string SqlFolder => Path.Combine(Root, "sql");

    public static string ModuleManifest => Path.Combine(Root, "LoyaltyPipeline.psd1");

    public static string Configuration => typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Loyalty.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The benchmarks must run inside the checkout.");
    }

    /// <summary>A folder of shared input that may lie beside the repository; null where it does not.</summary>
    public static string? FindShared(string name)
    {
        var folder = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", name));
        return Directory.Exists(folder) ? folder : null;
    }
}
