using LoyaltyPipeline.Benchmarks.Measuring;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>Two equal warehouse files: one to be merged, one for the statements alone.</summary>
internal sealed class MergeFiles
{
    private readonly Workspace _workspace;
    private readonly bool _record;

    private MergeFiles(Workspace workspace, bool record)
    {
        _workspace = workspace;
        _record = record;
    }

    private string Merged => _workspace.PathOf("merged.duckdb");

    private string Replayed => _workspace.PathOf("replayed.duckdb");

    public static MergeFiles CopySample(Workspace workspace, bool record)
    {
        var files = new MergeFiles(workspace, record);
        foreach (var path in new[] { files.Merged, files.Replayed })
            Workspace.CopyWarehouse(workspace.SampleWarehouse, path);
        return files;
    }

    /// <summary>Merges the one and replays the statements on the other.</summary>
    public async Task<MergePair> MeasureAsync(string name, bool mergeFirst, CancellationToken cancellationToken)
    {
        var statements = _workspace.PathOf($"{name}.json");
        Task<MeasuredRun> MergeAsync() => MergeTask.StartAsync(Merged, _record ? statements : null, cancellationToken);
        Task<MeasuredRun> ReplayAsync() => ReplayTask.StartAsync(Replayed, statements, cancellationToken);

        if (mergeFirst || _record)
        {
            var merge = await MergeAsync();
            return new MergePair(merge, await ReplayAsync());
        }

        var replay = await ReplayAsync();
        return new MergePair(await MergeAsync(), replay);
    }
}
