using System.Reflection;
using System.Runtime.Loader;

namespace LoyaltyPipeline.HelpWriter.Reading;

/// <summary>The module as the build has put it together: the assembly of the cmdlets, and what it needs.</summary>
internal sealed class BuiltModule
{
    private const string Product = "LoyaltyPipeline";

    private readonly string[] _folders;

    /// <summary>Loads a built module.</summary>
    public BuiltModule(string folder)
    {
        _folders = [folder, Path.Combine(folder, "deps")];
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            FileOf(name) is { } file ? context.LoadFromAssemblyPath(file) : null;
        Cmdlets = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(folder, $"{Product}.dll"));
        Assemblies = [.. WithReferences(Cmdlets).Distinct()];
    }

    /// <summary>The assembly of the cmdlets.</summary>
    public Assembly Cmdlets { get; }

    /// <summary>The assemblies of the product, that of the cmdlets first.</summary>
    public IReadOnlyList<Assembly> Assemblies { get; }

    private static IEnumerable<Assembly> WithReferences(Assembly assembly) =>
        assembly.GetReferencedAssemblies()
            .Where(reference => reference.Name!.StartsWith($"{Product}.", StringComparison.Ordinal))
            .OrderBy(reference => reference.Name, StringComparer.Ordinal)
            .SelectMany(reference => WithReferences(Assembly.Load(reference)))
            .Prepend(assembly);

    private string? FileOf(AssemblyName name) =>
        _folders.Select(folder => Path.Combine(folder, $"{name.Name}.dll")).FirstOrDefault(File.Exists);
}
