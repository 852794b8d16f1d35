using System.Security;
using LoyaltyPipeline.Shell.Terminals;

namespace LoyaltyPipeline.Shell.Hosting;

/// <summary>Asks for a line where somebody can answer, and fails clearly where nobody can.</summary>
internal sealed class Prompter(ShellOutput output, bool nonInteractive)
{
    private readonly LineEditor _editor = new(output);

    /// <summary>Called at Ctrl+C, which is a key and no signal while a line is being read.</summary>
    public Action Interrupt { get; set; } = () => { };

    public void Say(string text) => output.WriteQuestion(text + Environment.NewLine);

    /// <summary>Writes a caption and a message, and an empty line before them, if there are any.</summary>
    public void Introduce(string? caption, string? message)
    {
        if (!string.IsNullOrEmpty(caption))
            Say(Environment.NewLine + caption);
        if (!string.IsNullOrEmpty(message))
            Say(message);
    }

    public string ReadLine(string label, string wanted) => Read(label, wanted, hidden: false);

    public SecureString ReadSecret(string label, string wanted)
    {
        var secret = new SecureString();
        foreach (var character in Read(label, wanted, hidden: true))
            secret.AppendChar(character);
        secret.MakeReadOnly();
        return secret;
    }

    private string Read(string label, string wanted, bool hidden)
    {
        EnsureAvailable(wanted);
        try
        {
            return _editor.ReadLine(label, hidden) ?? "";
        }
        catch (OperationCanceledException)
        {
            Interrupt();
            throw new System.Management.Automation.PipelineStoppedException();
        }
    }

    /// <summary>Fails before anything is written, so that no half of a question stands in a log.</summary>
    public void EnsureAvailable(string wanted)
    {
        if (nonInteractive || !output.Terminal.CanAsk)
            throw PromptUnavailable.Error(wanted);
    }
}
