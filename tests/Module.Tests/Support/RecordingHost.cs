using System.Globalization;
using System.Management.Automation.Host;

namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>A host without a screen: what scripts say to it is recorded, what it is asked gets the same answer always.</summary>
internal sealed class RecordingHost(Action<string> record, int choice, Exception? refusal) : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "RecordingHost";

    public override PSHostUserInterface UI { get; } = new RecordingHostUI(record, choice, refusal);

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
