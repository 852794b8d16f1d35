using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Readiness;

/// <summary>Tries whether consumers can be delivered to: what they are sent can be made, and their destinations can be written.</summary>
internal sealed class ConsumerTrial(PipelineDefinition pipeline, YamlMap root, ConfigTestOptions options)
{
    public async IAsyncEnumerable<ConfigFinding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var consumer in ConfiguredIn(root, pipeline.Config))
        {
            if (FindFaultOfForm(consumer) is { } fault)
                yield return fault;
            if (consumer.Destination is null)
            {
                yield return ConfigFinding.Warning(
                    SettingOf(consumer, "destination"), $"{consumer.Name} has no destination, so that whoever delivers must say one.",
                    "Write destination: a folder, or s3://bucket/prefix.");
            }
            else if (!options.IsOffline && await FindFaultOfDestinationAsync(consumer, consumer.Destination, cancellationToken) is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>The consumers that the file names.</summary>
    public static IEnumerable<Consumer> ConfiguredIn(YamlMap root, PipelineConfig config) =>
        root.NamesIn("consumers").Select(config.Consumers.GetValueOrDefault).OfType<Consumer>().Distinct();

    private ConfigSetting SettingOf(Consumer consumer, params ReadOnlySpan<string> keys) =>
        ConfigSetting.Find(root, pipeline.ConfigPath!, ["consumers", consumer.Name, .. keys]);

    private ConfigFinding? FindFaultOfForm(Consumer consumer)
    {
        var master = pipeline.Catalog.Master;
        var dialect = options.Warehouse?.Dialect ?? DuckDbDialect.Instance;
        // As if Master were as the catalog has it: what it lacks yet, a merge adds.
        var types = master.Columns.ToDictionary(column => column.Name, column => dialect.TypeName(column.Type), StringComparer.Ordinal);
        try
        {
            DeliveryForm.Create(consumer, master, new TableShape(types), dialect);
            return null;
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.SaltMissing)
        {
            return options.IsOffline ? null : ConfigFinding.Of(failure, SettingOf(consumer, "redaction", "salt_variable"));
        }
        catch (LoyaltyException failure)
        {
            return ConfigFinding.Of(failure, SettingOf(consumer));
        }
    }

    private async Task<ConfigFinding?> FindFaultOfDestinationAsync(
        Consumer consumer, string destination, CancellationToken cancellationToken)
    {
        var setting = SettingOf(consumer, "destination");
        if (!await options.MayProbeAsync(destination))
            return null;
        try
        {
            await using var store = ObjectStores.Open(destination, consumer.S3);
            return await StoreProbe.TryAsync(store, cancellationToken) is { } left
                ? ConfigFinding.Warning(
                    setting, $"{destination} can be written, but nothing can be removed from it: {left.Message}",
                    "Allow the account to delete there: Clear-SegmentDelivery has to. Remove the object whose name begins with "
                        + $"{StoreProbe.Prefix} yourself.")
                : null;
        }
        catch (LoyaltyException failure)
        {
            return ConfigFinding.Of(failure, setting);
        }
    }
}
