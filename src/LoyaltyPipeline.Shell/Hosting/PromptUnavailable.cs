using System.Management.Automation;
using System.Management.Automation.Host;

namespace LoyaltyPipeline.Shell.Hosting;

/// <summary>The error of a command that would ask where nobody can answer.</summary>
internal static class PromptUnavailable
{
    public static HostException Error(string wanted) =>
        new($"The shell cannot ask for {wanted}: it was started with -NonInteractive or its input is redirected.",
            innerException: null, "PromptNotAvailable", ErrorCategory.InvalidOperation);
}
