using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Support;

namespace LoyaltyPipeline.Crashes.Works;

/// <summary>Something that writes a warehouse, in one unit after the other, each of which must happen whole or not at all.</summary>
internal abstract class Work
{
    protected static readonly SyntheticDataOptions Sample = new() { Users = 300, Days = 60, Dirty = true };

    public static IReadOnlyList<Work> All { get; } =
        [new ImportWork(), new MergeWork(), new ReplayWork(), new CompressWork(), new EraseWork(), new UndoWork(),
        new SuppressWork()];

    public abstract string Name { get; }

    protected static PipelineDefinition Pipeline { get; } = PipelineLoader.Load(Repository.SqlFolder, configPath: null);

    protected static IRunReporter Reporter { get; } = new QuietReporter();

    public static Work Named(string name) => All.Single(work => work.Name == name);

    /// <summary>Makes the warehouse in which the work begins, and its landing folder.</summary>
    public async Task PrepareAsync(string path, string landing, CancellationToken cancellationToken)
    {
        await using var warehouse = await DuckDbWarehouse.OpenAsync(path, cancellationToken);
        await new SchemaInstaller(Pipeline.Catalog).InitializeAsync(
            warehouse, includeSources: true, planOnly: false, Reporter, cancellationToken);
        await PrepareAsync(warehouse, landing, cancellationToken);
    }

    /// <summary>Does the work, or what is left of it.</summary>
    /// <returns>The warehouse after each unit.</returns>
    public async IAsyncEnumerable<IWarehouse> RunAsync(
        string path, string landing, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var warehouse = await DuckDbWarehouse.OpenAsync(path, cancellationToken);
        await foreach (var _ in UnitsAsync(warehouse, landing, cancellationToken))
            yield return warehouse;
    }

    protected abstract Task PrepareAsync(IWarehouse warehouse, string landing, CancellationToken cancellationToken);

    /// <summary>Does one unit after the other.</summary>
    protected abstract IAsyncEnumerable<object> UnitsAsync(IWarehouse warehouse, string landing, CancellationToken cancellationToken);

    protected static Task FillAsync(IWarehouse warehouse, CancellationToken cancellationToken) =>
        new SyntheticDataWriter(Pipeline).WriteAsync(warehouse, Sample, replace: false, wait: null, Reporter, cancellationToken);

    protected static Task<MergeResult> MergeAsync(IWarehouse warehouse, DateOnly day, CancellationToken cancellationToken) =>
        new MergeRunner(Pipeline).RunAsync(warehouse, new MergeOptions(day, Force: true), Reporter, cancellationToken);
}
