using System.Management.Automation;

namespace LoyaltyPipeline.Shell.Terminals;

/// <summary>
/// The one way to standard output and standard error, so that text, errors and the progress line never run into each other,
/// and no control sequence reaches a file.
/// </summary>
internal sealed class ShellOutput(TerminalFacts terminal)
{
    private readonly Lock _lock = new();
    private readonly ProgressLine _progress = new(terminal);

    /// <summary>The cursor stands behind unfinished text, which a progress line would overwrite.</summary>
    private bool _midLine;

    private bool _toError;

    public TerminalFacts Terminal { get; } = terminal;

    /// <summary>Escape sequences for colours may be written to standard output.</summary>
    public bool Colours => Terminal.Output && Terminal.Colours;

    public void Write(string text)
    {
        if (_toError)
            Emit(Console.Error, Terminal.Error, text);
        else
            Emit(Console.Out, Terminal.Output, text);
    }

    public void WriteLine(string text) => Write(text + Environment.NewLine);

    public void WriteErrorLine(string text) => Emit(Console.Error, Terminal.Error, text + Environment.NewLine);

    /// <summary>Writes a question where the user sees it, even while the output goes to a file.</summary>
    public void WriteQuestion(string text)
    {
        if (Terminal.Output)
            Write(text);
        else
            Emit(Console.Error, Terminal.Error, text);
    }

    public void ShowProgress(ProgressRecord record)
    {
        lock (_lock)
        {
            if (record.RecordType == ProgressRecordType.Completed)
                _progress.Complete(record.ActivityId);
            else if (!_midLine)
                _progress.Show(record);
        }
    }

    /// <summary>Sends output to standard error, up to the disposal of the result.</summary>
    public IDisposable ToError() => new ErrorScope(this);

    /// <summary>Leaves the terminal to a child process or to the prompt.</summary>
    public void ClearProgress()
    {
        lock (_lock)
            _progress.Clear();
    }

    /// <summary>A child process or the user's Enter has moved the cursor; take it to be at the start of a line.</summary>
    public void AssumeLineStart() => _midLine = false;

    private void Emit(TextWriter writer, bool isTerminal, string text)
    {
        lock (_lock)
        {
            _progress.Clear();
            writer.Write(isTerminal && Terminal.Colours ? text : Ansi.Plain(text));
            if (isTerminal && text.Length > 0)
                _midLine = text[^1] != '\n';
        }
    }

    private sealed class ErrorScope : IDisposable
    {
        private readonly ShellOutput _output;

        public ErrorScope(ShellOutput output) => (_output = output)._toError = true;

        public void Dispose() => _output._toError = false;
    }
}
