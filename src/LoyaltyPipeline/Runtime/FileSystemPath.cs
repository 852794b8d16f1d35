using System.Management.Automation;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Runtime;

/// <summary>Paths as PowerShell sees them: relative to its own location, with its drives and <c>~</c>.</summary>
internal static class FileSystemPath
{
    private const string Provider = "FileSystem";

    /// <summary>The full path of a file, which need not exist.</summary>
    /// <param name="session">The session whose location counts.</param>
    /// <param name="path">The path as given.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="Core.Errors.LoyaltyException"><c>PathNotSupported</c>.</exception>
    public static string Resolve(SessionState session, string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw ModuleErrors.PathNotSupported.Because("The path is empty, or made of blanks.", path);
        try
        {
            // What PowerShell makes of it here would be a folder of that name.
            if (!OperatingSystem.IsWindows() && path.StartsWith(@"\\", StringComparison.Ordinal))
                return Usable(path, path);
            // A full path needs no location, and a location outside the file system would misread it. But a drive may be one that the
            // session has made, of one letter too.
            if (Path.IsPathFullyQualified(path) && !IsOnDrive(session, path))
                return Usable(Path.GetFullPath(path), path);
            var full = session.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == Provider
                ? Usable(full, path)
                : throw ModuleErrors.PathNotSupported.Because(
                    $"'{path}' is a path of the provider {provider.Name}, not of the file system.", path);
        }
        catch (System.Management.Automation.DriveNotFoundException exception)
        {
            // PowerShell sees a drive in whatever is before a colon, as in w.duckdb:stream.
            throw ModuleErrors.PathNotSupported.Because(
                $"'{path}' is on no drive of this session{(OperatingSystem.IsWindows() ? ", and behind a colon Windows sees the name of a stream" : string.Empty)}.",
                path,
                $"Give a path on a drive that there is{(OperatingSystem.IsWindows() ? string.Empty : ", or write ./ before a name that has a colon in it")}.",
                exception);
        }
        catch (Exception exception) when (exception is ArgumentException or (RuntimeException and not PipelineStoppedException))
        {
            throw ModuleErrors.PathNotSupported.Because($"'{path}' is not a usable path: {exception.Message}", path, cause: exception);
        }
    }

    private static string Usable(string full, string given) => WindowsPath.ProblemHere(full) is { } problem
        ? throw ModuleErrors.PathNotSupported.Because($"'{given}' {problem}.", given)
        : full;

    /// <summary>Whether a path names a drive that the session has in the file system.</summary>
    /// <param name="session">The session.</param>
    /// <param name="path">The path as given.</param>
    public static bool IsOnDrive(SessionState session, string path) =>
        session.Path.IsPSAbsolute(path, out var drive)
            && session.Drive.GetAllForProvider(Provider).Any(known => string.Equals(known.Name, drive, StringComparison.OrdinalIgnoreCase));

    /// <summary>A full path as cmdlets of PowerShell understand it wherever the location is.</summary>
    /// <param name="session">The session whose location counts.</param>
    /// <param name="path">The full path.</param>
    /// <returns>The path, with the name of its provider where the location would make another of it.</returns>
    public static string Qualify(SessionState session, string path) =>
        session.Path.CurrentLocation.Provider.Name == Provider ? path : $@"Microsoft.PowerShell.Core\{Provider}::{path}";

    /// <summary>The full paths of the files and folders that a pattern fits.</summary>
    /// <param name="session">The session whose location counts.</param>
    /// <param name="pattern">The pattern as given.</param>
    /// <returns>The full paths; none where it fits nothing.</returns>
    /// <exception cref="Core.Errors.LoyaltyException"><c>PathNotSupported</c>.</exception>
    public static IReadOnlyList<string> Expand(SessionState session, string pattern)
    {
        // Says where the pattern cannot be one of the file system.
        Resolve(session, pattern);
        try
        {
            return session.Path.GetResolvedProviderPathFromPSPath(pattern, out _);
        }
        catch (ItemNotFoundException)
        {
            return [];
        }
    }
}
