using LoyaltyPipeline.Shell.Hosting;
using LoyaltyPipeline.Shell.Terminals;

namespace LoyaltyPipeline.Shell.Running;

/// <summary>Reads commands at the prompt and runs them until <c>exit</c> or the end of the input.</summary>
internal sealed class InteractiveLoop(EngineSession session, ShellHost host, ShellOutput output)
{
    private const string Continuation = ">> ";

    private readonly LineEditor _editor = new(output);
    private readonly LineHistory _history = new();

    public void Run()
    {
        host.NestedPrompt = RunNested;
        while (host.RequestedExitCode is null && Step())
        {
        }
    }

    private void RunNested()
    {
        while (!host.NestedPromptEnds && host.RequestedExitCode is null && Step())
        {
        }

        host.NestedPromptEnds = false;
    }

    private bool Step()
    {
        try
        {
            if (ReadCommand() is not { } text)
                return false;
            if (!string.IsNullOrWhiteSpace(text))
                session.RunText(text);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C throws the line away, not the shell.
        }

        return true;
    }

    private string? ReadCommand()
    {
        var prompt = session.Evaluate("prompt");
        var text = Read(prompt.Length > 0 ? prompt : "> ");
        while (text is not null && ScriptText.IsIncomplete(text))
        {
            // An empty line ends the command as it stands, and its error says what is missing.
            if (Read(Continuation) is not { Length: > 0 } more)
                break;
            text += "\n" + more;
        }

        return text;
    }

    private string? Read(string label)
    {
        var line = _editor.ReadLine(label, hidden: false, _history);
        _history.Add(line ?? "");
        return line;
    }
}
