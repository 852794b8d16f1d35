using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Scheduling;

/// <summary>What may stand in the definition of a job, whatever starts it.</summary>
internal static partial class TaskText
{
    private const string NamePattern = @"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z";

    /// <summary>Makes sure that a name is one that files, units and the Task Scheduler can have.</summary>
    /// <exception cref="LoyaltyException"><c>TaskInvalid</c>.</exception>
    public static void DemandName(string name)
    {
        if (!Name().IsMatch(name))
        {
            throw LoyaltyErrors.TaskInvalid.Because(
                $"'{name}' cannot be the name of a job.", name,
                "Write up to 64 letters of ASCII, digits, dots, hyphens and underscores, a letter or digit first.");
        }
    }

    /// <summary>Makes sure that a value of a parameter comes out of a definition as it went in, and is no secret.</summary>
    /// <exception cref="LoyaltyException"><c>TaskInvalid</c>.</exception>
    public static void DemandValue(string parameter, string value)
    {
        if (value.Any(char.IsControl))
            throw LoyaltyErrors.TaskInvalid.Because($"-{parameter} has a line break or another control character in it.", parameter);
        if (value.StartsWith('-'))
            throw LoyaltyErrors.TaskInvalid.Because($"-{parameter} has '{value}', which PowerShell takes for a parameter.", parameter);
        if (Secret().IsMatch(value))
        {
            // The value is not repeated.
            throw LoyaltyErrors.TaskInvalid.Because(
                $"-{parameter} seems to hold a password, key or token, and definitions of jobs can be read by others.", parameter,
                "Keep it in an environment variable of the account, or in a file that -EnvironmentFile names.");
        }
    }

    [GeneratedRegex(NamePattern, RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(
        @"://[^/\s:@]+:[^/\s@]+@|(password|passwd|pwd|secret|token|account_?key|api_?key|access_?key|private_?key_pwd|sig)\s*=\s*\S",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}
