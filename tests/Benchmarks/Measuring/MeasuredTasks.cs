namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Tasks that this program does in a process of its own, so that no earlier one has warmed or filled anything.</summary>
internal static class MeasuredTasks
{
    /// <summary>The first argument of such a process.</summary>
    public const string Verb = "measure";

    private static readonly Dictionary<string, Func<ArgumentMap, CancellationToken, Task<MeasuredRun>>> All = new(StringComparer.Ordinal)
    {
        [SampleTask.Name] = SampleTask.RunAsync,
        [CsvSampleTask.Name] = CsvSampleTask.RunAsync,
        [ImportTask.Name] = ImportTask.RunAsync,
        [LandingTask.Name] = LandingTask.RunAsync,
        [ManyDaysTask.Name] = ManyDaysTask.RunAsync,
        [MergeTask.Name] = MergeTask.RunAsync,
        [ReplayTask.Name] = ReplayTask.RunAsync,
        [HistoryTask.Name] = HistoryTask.RunAsync,
        [AsOfTask.Name] = AsOfTask.RunAsync,
        [PlainCopyTask.Name] = PlainCopyTask.RunAsync,
        [CdnowTask.Name] = CdnowTask.RunAsync,
        [AudienceTask.Name] = AudienceTask.RunAsync,
        [DeliveryTask.Name] = DeliveryTask.RunAsync,
        [EngineCopyTask.Name] = EngineCopyTask.RunAsync,
        [UploadTask.Name] = UploadTask.RunAsync,
        [IntegrityTask.Name] = IntegrityTask.RunAsync,
        [WideTask.Name] = WideTask.RunAsync,
        [DashboardTask.Name] = DashboardTask.RunAsync,
    };

    public static Task<MeasuredRun> RunAsync(
        string task, ArgumentMap arguments, CancellationToken cancellationToken) => All.TryGetValue(task, out var run)
        ? run(arguments, cancellationToken)
        : throw new UsageException($"There is no task {task}.");
}
