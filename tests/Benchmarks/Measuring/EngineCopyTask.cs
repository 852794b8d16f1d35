using System.Diagnostics;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Writes the rows of a delivery to Marketing by one COPY of the engine into one file: the same query, and nothing else.</summary>
internal static class EngineCopyTask
{
    public const string Name = "engine-copy";

    public static Task<MeasuredRun> StartAsync(
        string warehouse, string file, FileFormat format, FileCompression compression, bool isHashed,
        CancellationToken cancellationToken) => MeasuredProcess.StartAsync(
        Name,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["warehouse"] = warehouse,
            ["file"] = file,
            ["format"] = format.ToString(),
            ["compression"] = compression.ToString(),
            ["hashed"] = isHashed.ToString(),
        },
        cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
        var consumer = DeliveryTask.ConsumerOf(pipeline, arguments);
        var clock = Stopwatch.StartNew();
        long rows;
        await using (var warehouse = await DuckDbWarehouse.OpenAsync(arguments["warehouse"], cancellationToken))
        {
            await using var session = await warehouse.OpenSessionAsync(cancellationToken);
            var day = new DeliveredDay(new DateOnly(2026, 6, 30), IsNewest: true, RunId: string.Empty, ScriptSha256: null);
            var form = DeliveryForm.Create(
                consumer, pipeline.Catalog.Master, (await SchemaReader.ReadAsync(session, cancellationToken))[DeliverySql.TableOf(day)],
                session.Dialect);
            var query = new DeliverySql(consumer, day, form, "SELECT DISTINCT USER_ID FROM LOYALTY.SUPPRESSION").Full(new UserRange(0, End: null), isStoredInOrder: false);
            var copy = DuckDbCopy.To(arguments["file"], query, new UnloadFormat(consumer.Format, consumer.Compression, consumer.NullToken));
            rows = await session.ExecuteAsync(copy, [], cancellationToken);
        }

        var run = MeasuredRun.OfThisProcess(
            clock.Elapsed.TotalSeconds, rows,
            new Dictionary<string, double>(StringComparer.Ordinal) { ["bytes"] = new FileInfo(arguments["file"]).Length });
        File.Delete(arguments["file"]);
        return run;
    }
}
