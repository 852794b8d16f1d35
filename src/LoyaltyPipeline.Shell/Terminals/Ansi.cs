using System.Management.Automation;
using System.Management.Automation.Internal;

namespace LoyaltyPipeline.Shell.Terminals;

/// <summary>Control sequences, and text without them.</summary>
internal static class Ansi
{
    public const string EraseLine = "\r\e[K";
    public const string EraseBelow = "\e[J";
    public const string Reset = "\e[0m";

    /// <summary>The sixteen console colours in the order of <see cref="ConsoleColor"/>, as foreground codes.</summary>
    private static ReadOnlySpan<byte> Codes => [30, 34, 32, 36, 31, 35, 33, 37, 90, 94, 92, 96, 91, 95, 93, 97];

    public static string Colour(ConsoleColor? foreground, ConsoleColor? background, string text)
    {
        var start = (foreground is { } f ? $"\e[{Codes[(int)f]}m" : "") + (background is { } b ? $"\e[{Codes[(int)b] + 10}m" : "");
        return start.Length == 0 ? text : start + text + Reset;
    }

    public static string Plain(string text) =>
        text.Contains('\e', StringComparison.Ordinal) ? new StringDecorated(text).ToString(OutputRendering.PlainText) : text;
}
