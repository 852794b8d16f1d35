using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Scheduling;

namespace LoyaltyPipeline.Runtime;

/// <summary>How the PowerShell of this session is started again.</summary>
internal static class HostPowerShell
{
    private const string Name = "pwsh";
    private const string Dotnet = "dotnet";

    private static readonly string Executable = OperatingSystem.IsWindows() ? $"{Name}.exe" : Name;

    /// <summary>The program, and what comes before PowerShell's own arguments.</summary>
    /// <param name="home">The folder of PowerShell, $PSHOME.</param>
    /// <exception cref="LoyaltyException"><c>PowerShellNotFound</c>.</exception>
    public static TaskCommand Find(string home)
    {
        var process = Environment.ProcessPath ?? string.Empty;
        var library = Path.Combine(home, $"{Name}.dll");
        return Path.GetFileNameWithoutExtension(process) switch
        {
            Name => new TaskCommand(process, []),
            // As a .NET tool it is a library that dotnet runs.
            Dotnet when File.Exists(library) => new TaskCommand(process, [library]),
            _ => new TaskCommand(FindElsewhere(home), []),
        };
    }

    /// <summary>The program that the user named: an executable, or the library of a .NET tool.</summary>
    /// <param name="path">The full path.</param>
    public static TaskCommand At(string path) =>
        path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && Environment.ProcessPath is { } process
            && Path.GetFileNameWithoutExtension(process) == Dotnet
            ? new TaskCommand(process, [path])
            : new TaskCommand(path, []);

    // A program that has PowerShell within itself, such as an editor.
    private static string FindElsewhere(string home) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Prepend(home)
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, Executable))
        .FirstOrDefault(File.Exists)
        ?? throw LoyaltyErrors.PowerShellNotFound.Because("This session is no pwsh, and there is none on the PATH.");
}
