using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>The process that has a DuckDB file open.</summary>
/// <param name="Name">Name of its program; null where it cannot be seen.</param>
/// <param name="StartedAt">When it was started (UTC); null where it cannot be seen.</param>
internal sealed partial record FileHolder(int ProcessId, string? Name, DateTime? StartedAt)
{
    /// <summary>What can be done about it.</summary>
    public string Remedy =>
        $"Wait for it with -LockTimeout, run Disconnect-LoyaltyWarehouse in it, or end it with Stop-Process -Id {ProcessId}; a DuckDB file is open in one process at a time.";

    /// <summary>Finds the process that the engine names in its refusal to open a file.</summary>
    /// <param name="message">The engine's message.</param>
    /// <returns>The process; null where the engine names none, as of a file on a share that another machine has open.</returns>
    public static FileHolder? Find(string message)
    {
        if (!int.TryParse(ProcessIdPattern().Match(message).Groups["id"].Value, CultureInfo.InvariantCulture, out var id) || id == 0)
            return null;
        try
        {
            using var process = Process.GetProcessById(id);
            return new FileHolder(id, process.ProcessName, process.StartTime.ToUniversalTime());
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended since, or belongs to somebody else.
            return new FileHolder(id, Name: null, StartedAt: null);
        }
    }

    /// <summary>Whether a run that was announced is this process's. Process ids are used again.</summary>
    public bool Runs(RunHolder run) => run.ProcessId == ProcessId && !(run.Since < StartedAt);

    /// <summary>The process in words.</summary>
    public override string ToString() =>
        $"process {ProcessId}{(Name is null ? string.Empty : $" ({Name})")}{(StartedAt is { } start ? $", started {start.ToString("u", CultureInfo.InvariantCulture)}" : string.Empty)}";

    [GeneratedRegex(@"\(PID (?<id>\d+)\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProcessIdPattern();
}
