using System.Text;

namespace LoyaltyPipeline.Shell.Terminals;

/// <summary>
/// Reads a line key by key. Console.ReadLine would neither come back at Ctrl+C nor hide a password nor remember earlier lines.
/// </summary>
internal sealed class LineEditor(ShellOutput output)
{
    /// <summary>The row, counted from the first row of the line, on which the cursor stands.</summary>
    private int _row;

    /// <param name="label">The prompt, written in front of the line.</param>
    /// <param name="hidden">Show asterisks.</param>
    /// <param name="history">Lines for the up and down keys.</param>
    /// <param name="complete">Called at Tab.</param>
    /// <returns>The line, or null at the end of the input (Ctrl+D).</returns>
    /// <exception cref="OperationCanceledException">Ctrl+C.</exception>
    public string? ReadLine(string label, bool hidden = false, LineHistory? history = null, Action<LineBuffer>? complete = null)
    {
        if (!output.Terminal.Controllable)
            return ReadPlainLine(label);

        output.ClearProgress();
        var asInput = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            return ReadKeys(label, hidden, history, complete);
        }
        finally
        {
            Console.TreatControlCAsInput = asInput;
            output.AssumeLineStart();
        }
    }

    private string? ReadKeys(string label, bool hidden, LineHistory? history, Action<LineBuffer>? complete)
    {
        var line = new LineBuffer();
        _row = 0;
        while (true)
        {
            Draw(label, line, hidden);
            var key = Console.ReadKey(intercept: true);
            var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            switch (key.Key)
            {
                case ConsoleKey.Enter or ConsoleKey.J when key.Key == ConsoleKey.Enter || control:
                    Finish(label, line, hidden, "");
                    return line.Text;
                case ConsoleKey.C when control:
                    Finish(label, line, hidden, "^C");
                    throw new OperationCanceledException();
                case ConsoleKey.D when control && line.Text.Length == 0:
                    Finish(label, line, hidden, "");
                    return null;
                case ConsoleKey.UpArrow or ConsoleKey.DownArrow:
                    if (history?.Move(key.Key == ConsoleKey.UpArrow ? -1 : 1) is { } earlier)
                        line.Set(earlier);
                    break;
                case ConsoleKey.Tab:
                    complete?.Invoke(line);
                    break;
                default:
                    line.Apply(key);
                    break;
            }
        }
    }

    private void Finish(string label, LineBuffer line, bool hidden, string suffix)
    {
        line.Set(line.Text);
        Draw(label, line, hidden);
        output.WriteQuestion(suffix + Environment.NewLine);
    }

    /// <summary>Draws the whole line again: it may fill several rows, and this way no key needs to know that.</summary>
    private void Draw(string label, LineBuffer line, bool hidden)
    {
        var width = TerminalFacts.Columns;
        var shown = hidden ? new string('*', line.Text.Length) : line.Text;
        var start = Ansi.Plain(label).Length;
        var (end, cursor) = (start + shown.Length, start + line.Cursor);

        var text = new StringBuilder("\r");
        if (_row > 0)
            text.Append($"\e[{_row}A");
        text.Append(Ansi.EraseBelow).Append(label).Append(shown);
        if (end > 0 && end % width == 0)
            text.Append("\r\n"); // a terminal waits at the last column until the next character comes
        if (end / width > cursor / width)
            text.Append($"\e[{(end / width) - (cursor / width)}A");
        text.Append('\r');
        if (cursor % width > 0)
            text.Append($"\e[{cursor % width}C");

        _row = cursor / width;
        WriteRaw(text.ToString());
    }

    /// <summary>Moving the cursor is no colour: it must happen under NO_COLOR too.</summary>
    private void WriteRaw(string text) => (output.Terminal.Output ? Console.Out : Console.Error).Write(text);

    private string? ReadPlainLine(string label)
    {
        output.WriteQuestion(label);
        var line = Console.ReadLine();
        output.AssumeLineStart();
        return line;
    }
}
