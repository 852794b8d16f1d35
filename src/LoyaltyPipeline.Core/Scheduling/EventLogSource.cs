using System.Security;
using LoyaltyPipeline.Core.Errors;
using Microsoft.Win32;

namespace LoyaltyPipeline.Core.Scheduling;

/// <summary>
/// The name under which programs write to the event log of Windows. It is made once for a machine, by an administrator.
/// </summary>
public static class EventLogSource
{
    /// <summary>The name.</summary>
    public const string Name = "LoyaltyPipeline";

    private const string Key = $@"SYSTEM\CurrentControlSet\Services\EventLog\Application\{Name}";

    // The messages that .NET brings along: each shows the text that was written.
    private const string Messages = @"%SystemRoot%\Microsoft.NET\Framework64\v4.0.30319\EventLogMessages.dll";

    private const int AllTypes = 7;

    /// <summary>Makes it.</summary>
    /// <exception cref="LoyaltyException">
    /// <c>TaskUnsupported</c>: not on this system; <c>SchedulerUnavailable</c>: not by this account.
    /// </exception>
    public static void Register()
    {
        if (!OperatingSystem.IsWindows())
        {
            throw LoyaltyErrors.TaskUnsupported.Because(
                "There is no event log here: it is one of Windows.", remedy: "Leave out -EventSource.");
        }

        try
        {
            using var key = Registry.LocalMachine.CreateSubKey(Key);
            key.SetValue("EventMessageFile", Messages, RegistryValueKind.ExpandString);
            key.SetValue("TypesSupported", AllTypes, RegistryValueKind.DWord);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or SecurityException or IOException)
        {
            throw LoyaltyErrors.SchedulerUnavailable.Because(
                $"The source {Name} of the event log cannot be made: {exception.Message}", Name,
                "Run once as an administrator, or leave out -EventSource.", exception);
        }
    }
}
