using System.Diagnostics;

namespace LoyaltyPipeline.TestSupport;

/// <summary>
/// How to start the real PowerShell: the one that runs build.ps1, which says so in the variable LOYALTY_TEST_PWSH, or else the one that the
/// repository pins as a .NET tool.
/// </summary>
internal static class PowerShellTool
{
    private const string Variable = "LOYALTY_TEST_PWSH";

    private static readonly Lazy<string> Path = new(
        () => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : FindPinned());

    /// <summary>The running dotnet's own path, whatever the PATH says.</summary>
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Program and arguments that start PowerShell with some arguments and without a profile.</summary>
    public static (string Program, IReadOnlyList<string> Arguments) Command(params IEnumerable<string> arguments) =>
        Path.Value.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? (Dotnet, [Path.Value, "-NoProfile", .. arguments])
            : (Path.Value, ["-NoProfile", .. arguments]);

    private static string FindPinned()
    {
        var start = new ProcessStartInfo(
            Dotnet, ["tool", "exec", "--yes", "powershell", "--", "-NoProfile", "-Command", "[Console]::Write($PSHOME)"])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var home = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? System.IO.Path.Combine(home, "pwsh.dll")
            : throw new InvalidOperationException(
                $"'{start.FileName} {string.Join(' ', start.ArgumentList)}' ended with {process.ExitCode}: PowerShell could not be had.");
    }
}
