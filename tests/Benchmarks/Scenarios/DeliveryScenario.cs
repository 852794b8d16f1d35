using LoyaltyPipeline.Benchmarks.Measuring;
using LoyaltyPipeline.Benchmarks.Reporting;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>
/// A first delivery of fifteen columns into a folder, beside one COPY of the engine for the same query into one file on the same disk.
/// </summary>
internal sealed class DeliveryScenario : IScenario
{
    private const int Users = 2_000_000;
    private const int ManyUsers = 10_000_000;

    public string Name => "delivery";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        var audience = workspace.PathOf("audience.duckdb");
        Progress.Say(Name, $"{Users} users");
        await AudienceTask.StartAsync(audience, Users, cancellationToken);
        var figures = new List<Figure>();
        // With addresses and numbers as they are; and hashed, which costs the engine more than anything else, for information.
        foreach (var isHashed in new[] { false, true })
        {
            figures.AddRange(
                await CompareAsync(audience, FileFormat.Csv, FileCompression.None, isHashed, 0.85, options, workspace, cancellationToken));
            figures.AddRange(
                await CompareAsync(
                    audience, FileFormat.Parquet, FileCompression.None, isHashed, 0.85, options, workspace, cancellationToken));
            figures.AddRange(
                await CompareAsync(audience, FileFormat.Csv, FileCompression.Gzip, isHashed, 4, options, workspace, cancellationToken));
        }

        Workspace.DeleteWarehouse(audience);

        Progress.Say(Name, $"{ManyUsers} users");
        await AudienceTask.StartAsync(audience, ManyUsers, cancellationToken);
        var large = await DeliverAsync(audience, FileFormat.Csv, FileCompression.Gzip, isHashed: true, workspace, cancellationToken);
        Workspace.DeleteWarehouse(audience);
        figures.Add(new Figure(Name, $"peak memory, {ManyUsers} users", "MB", [large.PeakMegabytes]) { Target = new Target(700) });
        figures.Add(new Figure(Name, $"delivery, {ManyUsers} users, Csv Gzip", "s", [large.Seconds]));
        return figures;
    }

    private async Task<IReadOnlyList<Figure>> CompareAsync(
        string audience, FileFormat format, FileCompression compression, bool isHashed, double least, BenchmarkOptions options,
        Workspace workspace, CancellationToken cancellationToken)
    {
        var pairs = new List<(MeasuredRun Delivery, MeasuredRun Copy)>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            Progress.Say(Name, $"{format} {compression}{(isHashed ? " hashed" : string.Empty)}, round {round}");
            var copyFirst = round % 2 == 0;
            var copy = copyFirst
                ? await EngineCopyTask.StartAsync(audience, workspace.PathOf("copy"), format, compression, isHashed, cancellationToken)
                : null;
            var delivery = await DeliverAsync(audience, format, compression, isHashed, workspace, cancellationToken);
            copy ??= await EngineCopyTask.StartAsync(audience, workspace.PathOf("copy"), format, compression, isHashed, cancellationToken);
            pairs.Add((delivery, copy));
        }

        var what = $"{format} {compression}{(isHashed ? ", hashed" : string.Empty)}";
        return
        [
            new Figure(Name, $"{what}: rate / rate of COPY", "x", [.. pairs.Select(pair => pair.Copy.Seconds / pair.Delivery.Seconds)])
            {
                Target = isHashed ? null : new Target(least, AtLeast: true),
            },
            new Figure(
                Name, $"{what}: size / size of COPY", "x",
                [.. pairs.Select(pair => pair.Delivery.Parts["bytes"] / pair.Copy.Parts["bytes"])]),
            new Figure(Name, $"{what}: delivery", "s", [.. pairs.Select(pair => pair.Delivery.Seconds)]),
            new Figure(Name, $"{what}: COPY", "s", [.. pairs.Select(pair => pair.Copy.Seconds)]),
            new Figure(Name, $"{what}: peak memory", "MB", [.. pairs.Select(pair => pair.Delivery.PeakMegabytes)]),
        ];
    }

    private static async Task<MeasuredRun> DeliverAsync(
        string audience, FileFormat format, FileCompression compression, bool isHashed, Workspace workspace,
        CancellationToken cancellationToken)
    {
        var (warehouse, destination) = (workspace.PathOf("delivery.duckdb"), workspace.PathOf("drop"));
        Workspace.CopyWarehouse(audience, warehouse);
        var run = await DeliveryTask.StartAsync(warehouse, destination, endpoint: null, format, compression, isHashed, cancellationToken);
        Directory.Delete(destination, recursive: true);
        Workspace.DeleteWarehouse(warehouse);
        return run;
    }
}
