using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Readiness;

/// <summary>Finds all that is wrong with a configuration, and tries what it names.</summary>
/// <param name="sqlFolder">The folder with <c>catalog.yml</c> and <c>Master_Table.sql</c>.</param>
public sealed class ConfigTest(string sqlFolder)
{
    /// <summary>Tests a configuration.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What is tried.</param>
    /// <returns>What was found: first the faults of the file, by line, then what came of trying.</returns>
    /// <exception cref="LoyaltyException"><c>CatalogInvalid</c>; <c>WarehouseBusy</c> and the like: the warehouse cannot be read
    /// now.</exception>
    public async IAsyncEnumerable<ConfigFinding> RunAsync(
        string path, ConfigTestOptions options, IRunReporter reporter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var loaded = Read(path, out var faults);
        foreach (var fault in faults.OrderBy(fault => fault.Line))
            yield return fault;
        if (loaded is not var (pipeline, root))
            yield break;

        await foreach (var finding in new ConsumerTrial(pipeline, root, options).RunAsync(cancellationToken))
            yield return finding;
        if (options.IsOffline)
            yield break;
        foreach (var finding in TrySecrets(pipeline, root))
            yield return finding;
        await foreach (var finding in new WarehouseTrial(pipeline, root, options).RunAsync(reporter, cancellationToken))
            yield return finding;
    }

    private static IEnumerable<ConfigFinding> TrySecrets(PipelineDefinition pipeline, YamlMap root)
    {
        IEnumerable<(IReadOnlyList<string> Setting, Action Read)> secrets = pipeline.Config.Notify.Secrets
            .Select(item => ((IReadOnlyList<string>)["notify", .. item.Setting], item.Read));
        if (pipeline.Config.OpenLineage.ApiKey is { } key)
            secrets = secrets.Append((["openlineage"], () => key.ReadToken()));
        foreach (var (setting, read) in secrets)
        {
            if (WhyUnusable(read) is { } failure)
                yield return ConfigFinding.Of(failure, ConfigSetting.Find(root, pipeline.ConfigPath!, [.. setting]));
        }
    }

    private static LoyaltyException? WhyUnusable(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (LoyaltyException failure)
        {
            return failure;
        }
    }

    private (PipelineDefinition Pipeline, YamlMap Root)? Read(string path, out IReadOnlyList<ConfigFinding> faults)
    {
        var found = new List<ConfigFinding>();
        faults = found;
        try
        {
            return PipelineLoader.Load(sqlFolder, path, fault => found.Add(ConfigFinding.Of(fault, path)));
        }
        catch (LoyaltyException unreadable) when (unreadable.Definition != LoyaltyErrors.CatalogInvalid)
        {
            found.Add(ConfigFinding.Of(unreadable, path));
            return null;
        }
    }
}
