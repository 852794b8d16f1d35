using System.Collections;

namespace LoyaltyPipeline.Core.Scheduling.Programs;

/// <summary>The environment variables that a job finds, of which those of this process are no part.</summary>
internal static class BareEnvironment
{
    private const string SystemPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    // What Windows gives a user's process beside the variables that are set for machine and user.
    private static readonly string[] OfSession =
    [
        "ALLUSERSPROFILE", "APPDATA", "CommonProgramFiles", "COMPUTERNAME", "HOMEDRIVE", "HOMEPATH", "LOCALAPPDATA", "ProgramData",
        "ProgramFiles", "ProgramFiles(x86)", "ProgramW6432", "PUBLIC", "SystemDrive", "SystemRoot", "USERDOMAIN", "USERNAME", "USERPROFILE",
    ];

    /// <summary>What cron gives.</summary>
    public static IReadOnlyDictionary<string, string> OfCron() => OfUnix("/usr/bin:/bin");

    /// <summary>What systemd gives.</summary>
    public static IReadOnlyDictionary<string, string> OfSystemd() => OfUnix(SystemPath);

    /// <summary>What the Task Scheduler gives.</summary>
    public static IReadOnlyDictionary<string, string> OfTaskScheduler()
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in OfSession)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                all[name] = value;
        }

        Add(all, EnvironmentVariableTarget.Machine);
        Add(all, EnvironmentVariableTarget.User);
        return all;
    }

    private static void Add(Dictionary<string, string> all, EnvironmentVariableTarget target)
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables(target))
        {
            var (name, value) = ((string)variable.Key, (string)variable.Value!);
            // The user's folders come after the machine's.
            all[name] = name.Equals("PATH", StringComparison.OrdinalIgnoreCase) && all.TryGetValue(name, out var before)
                ? $"{before};{value}"
                : value;
        }
    }

    private static Dictionary<string, string> OfUnix(string path) => new(StringComparer.Ordinal)
    {
        ["HOME"] = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        ["LOGNAME"] = Environment.UserName,
        ["USER"] = Environment.UserName,
        ["SHELL"] = "/bin/sh",
        ["PATH"] = path,
    };
}
