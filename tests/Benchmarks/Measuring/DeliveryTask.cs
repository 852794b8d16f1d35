using System.Diagnostics;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Stores.S3;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Delivers to Marketing, from the opened to the closed warehouse.</summary>
internal static class DeliveryTask
{
    public const string Name = "delivery";

    public static Task<MeasuredRun> StartAsync(
        string warehouse, string destination, Uri? endpoint, FileFormat format, FileCompression compression, bool isHashed,
        CancellationToken cancellationToken) =>
        MeasuredProcess.StartAsync(
            Name,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["warehouse"] = warehouse,
                ["destination"] = destination,
                ["endpoint"] = endpoint?.AbsoluteUri ?? string.Empty,
                ["format"] = format.ToString(),
                ["compression"] = compression.ToString(),
                ["hashed"] = isHashed.ToString(),
            },
            cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
        var consumer = ConsumerOf(pipeline, arguments) with
        {
            Destination = arguments["destination"],
            S3 = new S3Settings
            {
                EndpointUrl = arguments["endpoint"].Length == 0 ? null : new Uri(arguments["endpoint"]),
                Region = "default",
            },
        };
        var clock = Stopwatch.StartNew();
        DeliveryResult result;
        await using (var warehouse = await DuckDbWarehouse.OpenAsync(arguments["warehouse"], cancellationToken))
            result = await new DeliveryRunner(pipeline).DeliverAsync(
                warehouse, new DeliveryOptions(consumer), new SilentReporter(), cancellationToken);
        return result.Outcome == DeliveryOutcome.Published
            ? MeasuredRun.OfThisProcess(
                clock.Elapsed.TotalSeconds, result.Rows,
                new Dictionary<string, double>(StringComparer.Ordinal) { ["bytes"] = result.Bytes })
            : throw new InvalidOperationException($"The delivery was {result.Outcome}.");
    }

    /// <summary>The consumer that the arguments describe.</summary>
    public static Consumer ConsumerOf(PipelineDefinition pipeline, ArgumentMap arguments) => pipeline.Config.Consumers["Marketing"] with
    {
        Redaction = bool.Parse(arguments["hashed"]) ? new() : new(RedactionMethod.Keep, RedactionMethod.Drop, RedactionMethod.Keep),
        Format = Enum.Parse<FileFormat>(arguments["format"]),
        Compression = Enum.Parse<FileCompression>(arguments["compression"]),
    };
}
