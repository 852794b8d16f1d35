using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.SyntheticData;

namespace LoyaltyPipeline.Crashes.Works;

/// <summary>Imports a landing folder over another sample: some rows are new, some changed, some as they were. A unit is a table.</summary>
internal sealed class ImportWork : Work
{
    public override string Name => "import";

    protected override async Task PrepareAsync(IWarehouse warehouse, string landing, CancellationToken cancellationToken)
    {
        await FillAsync(warehouse, cancellationToken);
        await new SyntheticDataWriter(Pipeline).WriteFilesAsync(
            landing, Sample with { Seed = 11, Users = 400 }, compress: true, replace: false, Reporter, cancellationToken);
    }

    protected override async IAsyncEnumerable<object> UnitsAsync(
        IWarehouse warehouse, string landing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var files in new LandingFolder(Pipeline.Catalog, _ => { }).Find(landing, table: null))
            yield return await new SourceImporter(Pipeline).ImportAsync(
                warehouse, files.Key, [.. files], new ImportOptions(), Reporter, cancellationToken);
    }
}
