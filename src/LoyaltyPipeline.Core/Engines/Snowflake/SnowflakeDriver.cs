using System.Data.Common;
using System.Reflection;
using System.Runtime.Loader;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Engines.Snowflake;

/// <summary>
/// Finds the driver. It comes with a hundred libraries of its own and is loaded only where it is used, apart from everything else.
/// </summary>
internal static class SnowflakeDriver
{
    private const string FolderVariable = "LOYALTY_SNOWFLAKE_DRIVER";
    private const string FactoryName = "Snowflake.Data.Client.SnowflakeDbFactory";

    private static readonly Lock Gate = new();
    private static DbProviderFactory? _factory;

    private static string Folder => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder
        ? folder
        : Path.Combine(Path.GetDirectoryName(typeof(SnowflakeDriver).Assembly.Location)!, "snowflake");

    /// <summary>Whether there is one to load.</summary>
    public static bool IsThere => File.Exists(PathIn(Folder));

    /// <summary>Loads the driver.</summary>
    /// <exception cref="LoyaltyException"><c>SnowflakeDriverMissing</c>.</exception>
    public static DbProviderFactory Load()
    {
        lock (Gate)
            return _factory ??= Load(Path.GetFullPath(Folder));
    }

    /// <summary>Loads the driver of a folder.</summary>
    /// <param name="folder">The folder with Snowflake.Data.dll and all that it needs.</param>
    /// <exception cref="LoyaltyException"><c>SnowflakeDriverMissing</c>.</exception>
    public static DbProviderFactory Load(string folder)
    {
        var path = PathIn(folder);
        if (!File.Exists(path))
            throw LoyaltyErrors.SnowflakeDriverMissing.Because($"There is no {path}.", folder);
        // Otherwise it asks addresses of cloud providers for where it runs, and loads a library that only measures.
        SetDefault("SNOWFLAKE_DISABLE_PLATFORM_DETECTION");
        SetDefault("SF_DISABLE_MINICORE");
        try
        {
            var factory = new LoadContext(folder).LoadFromAssemblyPath(path).GetType(FactoryName, throwOnError: true)!;
            return (DbProviderFactory)factory.GetField("Instance", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or TypeLoadException
            or ReflectionTypeLoadException or TargetInvocationException or TypeInitializationException or NullReferenceException)
        {
            throw LoyaltyErrors.SnowflakeDriverMissing.Because(
                $"{path} cannot be loaded: {exception.GetBaseException().Message}", folder, cause: exception);
        }
    }

    private static string PathIn(string folder) => Path.Combine(folder, "Snowflake.Data.dll");

    private static void SetDefault(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is null)
            Environment.SetEnvironmentVariable(variable, "true");
    }

    /// <summary>Holds the driver and its libraries apart: other parts of the process have other versions of the same.</summary>
    private sealed class LoadContext : AssemblyLoadContext
    {
        private const string Dependencies = ".deps.json";

        private readonly string _folder;
        private readonly AssemblyDependencyResolver? _resolver;

        /// <summary>Makes a context.</summary>
        /// <param name="folder">The folder with everything.</param>
        public LoadContext(string folder)
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
}
