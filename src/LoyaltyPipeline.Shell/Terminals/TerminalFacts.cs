namespace LoyaltyPipeline.Shell.Terminals;

/// <summary>Which of the three standard streams end at a terminal, and what it can do.</summary>
/// <param name="Input">Standard input is a terminal.</param>
/// <param name="Output">Standard output is a terminal.</param>
/// <param name="Error">Standard error is a terminal.</param>
/// <param name="Controllable">The terminal understands control sequences.</param>
/// <param name="Colours">Colours are wanted (see https://no-color.org) and understood.</param>
internal sealed record TerminalFacts(bool Input, bool Output, bool Error, bool Controllable, bool Colours)
{
    public static TerminalFacts Detect()
    {
        var controllable = !string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal)
            && (!OperatingSystem.IsWindows() || WindowsConsole.TryEnableControlSequences());
        var colours = controllable && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new(!Console.IsInputRedirected, !Console.IsOutputRedirected, !Console.IsErrorRedirected, controllable, colours);
    }

    /// <summary>Someone can read a question and answer it.</summary>
    public bool CanAsk => Input && (Output || Error);

    /// <summary>The width of formatted output; what goes to a file gets the engine's own default.</summary>
    public int Width => Output ? Columns : 120;

    /// <summary>The height of a page.</summary>
    public int Height => Output && Console.WindowHeight > 0 ? Console.WindowHeight : 50;

    /// <summary>The terminal's columns; some pseudo-terminals do not tell.</summary>
    public static int Columns => Console.WindowWidth > 0 ? Console.WindowWidth : 80;
}
