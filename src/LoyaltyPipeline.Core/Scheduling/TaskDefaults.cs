namespace LoyaltyPipeline.Core.Scheduling;

/// <summary>What holds where nothing was said.</summary>
internal static class TaskDefaults
{
    /// <summary>After how long a job is ended, by what can end one.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromHours(6);
}
