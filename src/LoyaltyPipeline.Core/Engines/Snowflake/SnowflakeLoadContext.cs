using System.Reflection;
using System.Runtime.Loader;

namespace LoyaltyPipeline.Core.Engines.Snowflake;

/// <summary>Holds the driver and its libraries apart: other parts of the process have other versions of the same.</summary>
internal sealed class SnowflakeLoadContext : AssemblyLoadContext
{
    private const string Dependencies = ".deps.json";

    private readonly string _folder;
    private readonly AssemblyDependencyResolver? _resolver;

    /// <summary>Makes a context.</summary>
    /// <param name="folder">The folder with everything.</param>
    public SnowflakeLoadContext(string folder)
        : base("LoyaltyPipeline.Snowflake")
    {
        _folder = folder;
        // Written by the build that brought the driver here; says which native library is for this system.
        var component = Directory.EnumerateFiles(folder, $"*{Dependencies}").Order(StringComparer.Ordinal)
            .Select(file => $"{file[..^Dependencies.Length]}.dll").FirstOrDefault(File.Exists);
        _resolver = component is null ? null : new AssemblyDependencyResolver(component);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var beside = Path.Combine(_folder, $"{assemblyName.Name}.dll");
        var path = _resolver?.ResolveAssemblyToPath(assemblyName) ?? (File.Exists(beside) ? beside : null);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver?.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
