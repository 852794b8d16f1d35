using LoyaltyPipeline.Core.Scheduling;

namespace LoyaltyPipeline.Core.Tests.Scheduling;

/// <summary>Jobs to try.</summary>
internal static class Plans
{
    /// <summary>Texts with what one or another of those that start jobs takes for its own.</summary>
    public static readonly string[] AwkwardTexts =
    [
        "/data/with blank/loyalty.duckdb", "/data/100%", "/data/%h %d", "/data/'single'", "/data/\"double\"", "/data/$HOME/${x}$$",
        "/data/`id`;&|<>()*?[]~#!", "/data/größe/ユーザー", "a=b", "{}", "/data/a  b", ";", "/data/]]>&amp;", " ", "",
    ];

    public static TaskPlan Of(string schedule, params string[] arguments) =>
        new("Daily", CronSchedule.Parse(schedule), new TaskCommand("/opt/power shell/pwsh", arguments));
}
