using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>The user interface of <see cref="RecordingHost"/>.</summary>
internal sealed class RecordingHostUI(Action<string> record, int choice, Exception? refusal) : PSHostUserInterface
{
    public override PSHostRawUserInterface? RawUI => null;

    public override void Write(string value) => record(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => record(value);

    public override void WriteLine(string value) => record(value);

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        record(
            $"{message} {string.Join('/', choices.Select(option => option.Label.Replace("&", string.Empty, StringComparison.Ordinal)))}");
        return refusal is null ? choice : throw refusal;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) =>
        throw new NotSupportedException();

    public override string ReadLine() => throw new NotSupportedException();

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

    public override void WriteDebugLine(string message)
    {
    }

    public override void WriteErrorLine(string value)
    {
    }

    // The streams are recorded where they come from; the host would record them again.
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override void WriteVerboseLine(string message)
    {
    }

    public override void WriteWarningLine(string message)
    {
    }
}
