using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using LoyaltyPipeline.Shell.Terminals;

namespace LoyaltyPipeline.Shell.Hosting;

/// <summary>Text from the engine to the console, and questions to the user.</summary>
internal sealed class ShellUserInterface(ShellOutput output, Prompter prompter) : PSHostUserInterface
{
    private const PSCredentialTypes AnyType = PSCredentialTypes.Default;

    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface(output);

    public override bool SupportsVirtualTerminal => output.Colours;

    public override void Write(string value) => output.Write(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        output.Write(Coloured(foregroundColor, backgroundColor, value));

    public override void WriteLine(string value) => output.WriteLine(value);

    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        output.WriteLine(Coloured(foregroundColor, backgroundColor, value));

    public override void WriteVerboseLine(string message) =>
        output.WriteLine(Styled(PSStyle.Instance.Formatting.Verbose, "VERBOSE: " + message));

    public override void WriteDebugLine(string message) =>
        output.WriteLine(Styled(PSStyle.Instance.Formatting.Debug, "DEBUG: " + message));

    public override void WriteWarningLine(string message) =>
        output.WriteErrorLine(Styled(PSStyle.Instance.Formatting.Warning, "WARNING: " + message));

    /// <summary>The engine has formatted the error, colours included.</summary>
    public override void WriteErrorLine(string value) => output.WriteErrorLine(value);

    public override void WriteProgress(long sourceId, ProgressRecord record) => output.ShowProgress(record);

    public override string ReadLine() => prompter.ReadLine("", "a line");

    public override SecureString ReadLineAsSecureString() => prompter.ReadSecret("", "a secret");

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        new FieldPrompt(prompter, this).Ask(caption, message, descriptions);

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        new ChoicePrompt(prompter, choices, defaultChoice).Ask(caption, message);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, AnyType, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        var wanted = string.IsNullOrEmpty(targetName) ? "a credential" : "a credential for " + targetName;
        prompter.EnsureAvailable(wanted);
        prompter.Introduce(caption, message);
        var user = string.IsNullOrEmpty(userName) ? prompter.ReadLine("User: ", wanted) : userName;
        var password = prompter.ReadSecret($"Password for user {user}: ", wanted);
        return new(string.IsNullOrEmpty(user) ? targetName : user, password);
    }

    private static string Styled(string style, string text) => style + text + Ansi.Reset;

    /// <summary>A colour equal to the default says nothing; writing it would only paint over the terminal's own.</summary>
    private string Coloured(ConsoleColor foreground, ConsoleColor background, string text) => Ansi.Colour(
        foreground == RawUI.ForegroundColor ? null : foreground,
        background == RawUI.BackgroundColor ? null : background,
        text);
}
