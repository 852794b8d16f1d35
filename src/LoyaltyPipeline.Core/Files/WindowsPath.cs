using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Files;

/// <summary>
/// What Windows makes of a path: some names are devices there, a colon begins the name of a stream, and a drive alone is a place that
/// depends on what was done before.
/// </summary>
public static partial class WindowsPath
{
    private const string Device = "names a device of Windows, not a file";

    /// <summary>Why a path leads to no file or folder on this system, as far as Windows is concerned in it.</summary>
    /// <returns>What is wrong, to be read after the path; null where nothing is.</returns>
    public static string? ProblemHere(string path) => OperatingSystem.IsWindows() ? ProblemOf(path)
        : IsOnDrive(path) ? "is on a drive of Windows, which there is not here"
        : path.StartsWith(@"\\", StringComparison.Ordinal) ? "is a place of Windows in the network, which is not reached by that name here"
        : null;

    /// <summary>Why a path leads to no file or folder on Windows.</summary>
    /// <param name="path">The path, as Windows writes it.</param>
    /// <returns>What is wrong, to be read after the path; null where nothing is.</returns>
    public static string? ProblemOf(string path)
    {
        var plain = path.Replace('/', '\\');
        if (plain.StartsWith(@"\\.\", StringComparison.Ordinal))
            return Device;
        if (plain.StartsWith(@"\\?\", StringComparison.Ordinal))
            plain = plain[4..];
        if (IsOnDrive(plain))
        {
            if (plain.Length > 2 && plain[2] != '\\')
                return $"is relative to whatever folder was used last on the drive {plain[..2]}; write the whole path";
            plain = plain[2..];
        }

        if (plain.Contains(':', StringComparison.Ordinal))
            return "has a colon, behind which Windows sees the name of a stream";
        return Array.Exists(plain.Split('\\'), IsReserved) ? Device : null;
    }

    /// <summary>What a path has in it that no name of a file or folder can have on this system.</summary>
    /// <returns>The first such character; null where there is none.</returns>
    public static char? ForbiddenHere(string path) =>
        OperatingSystem.IsWindows() ? ForbiddenIn(path) : path.Contains('\0', StringComparison.Ordinal) ? '\0' : null;

    /// <summary>
    /// What a path has in it that no name of a file or folder can have on Windows. Of its colon <see cref="ProblemOf"/> tells more.
    /// </summary>
    /// <param name="path">The path, as Windows writes it.</param>
    /// <returns>The first such character; null where there is none.</returns>
    public static char? ForbiddenIn(string path)
    {
        // The mark of long paths has a question mark in it.
        var plain = path.StartsWith(@"\\?\", StringComparison.Ordinal) ? path[4..] : path;
        return plain.Where(letter => letter is '<' or '>' or '"' or '|' or '?' or '*' or < ' ').Select(letter => (char?)letter)
            .FirstOrDefault();
    }

    /// <summary>Whether a path begins with a drive of Windows.</summary>
    public static bool IsOnDrive(string path) => path is [>= 'A' and <= 'Z' or >= 'a' and <= 'z', ':', ..];

    /// <summary>Whether Windows takes a name for that of a device, whatever folder it is in and whatever follows behind a point.</summary>
    public static bool IsReserved(string name) => ReservedName().IsMatch(name);

    [GeneratedRegex(
        @"^(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*([.].*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReservedName();
}
