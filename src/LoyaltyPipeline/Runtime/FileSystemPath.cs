using System.Management.Automation;

namespace LoyaltyPipeline.Runtime;

/// <summary>Paths as PowerShell sees them: relative to its own location, with its drives and <c>~</c>.</summary>
internal static class FileSystemPath
{
    /// <summary>The full path of a file, which need not exist.</summary>
    /// <param name="session">The session whose location counts.</param>
    /// <param name="path">The path as given.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="Core.Errors.LoyaltyException"><c>PathNotSupported</c>.</exception>
    public static string Resolve(SessionState session, string path)
    {
        try
        {
            // A full path needs no location, and a location outside the file system would misread it.
            if (Path.IsPathFullyQualified(path))
                return Path.GetFullPath(path);
            var full = session.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem"
                ? full
                : throw ModuleErrors.PathNotSupported.Because($"'{path}' is a path of the provider {provider.Name}, not of the file system.", path);
        }
        catch (Exception exception) when (exception is ArgumentException or (RuntimeException and not PipelineStoppedException))
        {
            throw ModuleErrors.PathNotSupported.Because($"'{path}' is not a usable path: {exception.Message}", path, cause: exception);
        }
    }
}
