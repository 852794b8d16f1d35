using System.Reflection;
using System.Runtime.Loader;

namespace LoyaltyPipeline.Loading;

/// <summary>
/// Holds Core and its dependencies apart from the rest of the process, so that other modules may bring other versions of the same
/// libraries. Made when the first cmdlet needs Core.
/// </summary>
internal sealed class CoreLoadContext : AssemblyLoadContext
{
    /// <summary>The only name this context answers for outside.</summary>
    public const string CoreName = "LoyaltyPipeline.Core";

    // What the cmdlets and Core exchange, loaded with the cmdlets: the same types on both sides.
    private static readonly Assembly Types = typeof(RunKind).Assembly;

    private static readonly Lazy<CoreLoadContext> Instance = new(() => new CoreLoadContext(ModuleLayout.CoreAssembly));
    private static int _registered;

    private readonly AssemblyDependencyResolver _resolver;

    private CoreLoadContext(string coreAssembly)
        : base("LoyaltyPipeline") => _resolver = new AssemblyDependencyResolver(coreAssembly);

    /// <summary>Lets the cmdlets find Core. Further calls, from a second import or runspace, change nothing.</summary>
    public static void Register()
    {
        if (Interlocked.Exchange(ref _registered, 1) == 0)
            Default.Resolving += (_, name) => string.Equals(name.Name, CoreName, StringComparison.Ordinal)
                ? Instance.Value.LoadFromAssemblyName(name)
                : null;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name == Types.GetName().Name ? Types
        : _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path)
        : null;

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
