namespace LoyaltyPipeline.Core.Scheduling;

/// <summary>What came of a job's self-check.</summary>
public sealed class TaskCheck
{
    internal TaskCheck(ScheduledTask task, string command, int? exitCode, TimeSpan time, string output)
    {
        (Name, Kind) = (task.Name, task.Kind);
        (Command, ExitCode, Seconds, Output) = (command, exitCode, time.TotalSeconds, output);
    }

    /// <summary>The job.</summary>
    public string Name { get; }

    /// <summary>What starts it.</summary>
    public TaskKind Kind { get; }

    /// <summary>Whether the job would begin.</summary>
    public bool IsReady => ExitCode == 0;

    /// <summary>The exit code, as Daily.ps1 has them; null where it took too long or could not be started.</summary>
    public int? ExitCode { get; }

    /// <summary>How long it took, in seconds.</summary>
    public double Seconds { get; }

    /// <summary>What was started.</summary>
    public string Command { get; }

    /// <summary>What it wrote, errors included.</summary>
    public string Output { get; }
}
