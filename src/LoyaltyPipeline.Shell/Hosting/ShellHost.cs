using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using LoyaltyPipeline.Shell.Terminals;

namespace LoyaltyPipeline.Shell.Hosting;

/// <summary>The host that the engine talks to.</summary>
internal sealed class ShellHost(ShellUserInterface userInterface, ShellOutput output) : PSHost
{
    public override string Name => "LoyaltyShell";

    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI { get; } = userInterface;

    /// <summary>The argument of an <c>exit</c> that nothing inside the engine caught.</summary>
    public int? RequestedExitCode { get; private set; }

    /// <summary>Runs a prompt inside a running command; the interactive loop supplies it.</summary>
    public Action? NestedPrompt { get; set; }

    /// <summary>Set when the innermost nested prompt is to end.</summary>
    public bool NestedPromptEnds { get; set; }

    public override void SetShouldExit(int exitCode) => RequestedExitCode = exitCode;

    public override void EnterNestedPrompt()
    {
        if (NestedPrompt is null)
            throw new HostException("Only the interactive shell has nested prompts.", innerException: null, "NestedPromptNotAvailable", ErrorCategory.InvalidOperation);
        NestedPrompt();
    }

    public override void ExitNestedPrompt() => NestedPromptEnds = true;

    public override void NotifyBeginApplication() => output.ClearProgress();

    public override void NotifyEndApplication() => output.AssumeLineStart();
}
