using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Configuration.Notify;
using LoyaltyPipeline.Core.Configuration.OpenLineage;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Configuration;

/// <summary>Reads <c>pipeline.yml</c>.</summary>
public static class PipelineConfigReader
{
    /// <summary>Reads a configuration.</summary>
    /// <param name="catalog">The catalog, which knows the sources.</param>
    /// <exception cref="LoyaltyException"><c>ConfigInvalid</c>, with file, line and reason.</exception>
    public static PipelineConfig Read(string path, LoyaltyCatalog catalog) => Read(path, catalog, hear: null).Config;

    /// <summary>Reads a configuration whatever is wrong with it.</summary>
    /// <param name="catalog">The catalog, which knows the sources.</param>
    /// <param name="hear">Hears of each fault; a setting that has one is left out. Null where the first one is to be thrown.</param>
    /// <returns>The settings, and where they stand.</returns>
    /// <exception cref="LoyaltyException"><c>ConfigInvalid</c>: the file cannot be read at all.</exception>
    internal static (PipelineConfig Config, YamlMap Root) Read(string path, LoyaltyCatalog catalog, Action<LoyaltyException>? hear)
    {
        var root = YamlFile.Read(new YamlReading(path, LoyaltyErrors.ConfigInvalid, hear));
        root.AllowOnly("sources", "imports", "guards", "consumers", "readers", "integrity", "notify", "openlineage");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var defaults = PipelineConfig.Default;
        var config = new PipelineConfig
        {
            Sources = root.Read("sources", key => ReadSources(root.Map(key), folder, catalog), defaults.Sources),
            NullTokens = root.Read("imports", key => ReadNullTokens(root.Map(key)), defaults.NullTokens),
            Guards = root.Read("guards", key => ReadGuards(root.Map(key)), defaults.Guards),
            Consumers = root.Read("consumers", key => ConsumerReader.Read(root.Map(key), folder, catalog), defaults.Consumers),
            ReaderRedaction = root.Read("readers", key => ReadReaders(root.Map(key), catalog), defaults.ReaderRedaction),
            Integrity = root.Read("integrity", key => IntegrityReader.Read(root.Map(key), catalog), defaults.Integrity),
            Notify = root.Read("notify", key => NotifyReader.Read(root.Map(key), folder), defaults.Notify),
            OpenLineage = root.Read("openlineage", key => OpenLineageReader.Read(root.Map(key), folder), defaults.OpenLineage),
        };
        return (config, root);
    }

    private static RedactionPolicy ReadReaders(YamlMap map, LoyaltyCatalog catalog)
    {
        map.AllowOnly("redaction");
        return map.Read("redaction", key => RedactionReader.ReadForReaders(map.Map(key), catalog), new RedactionPolicy());
    }

    private static IReadOnlyDictionary<string, SourceLocation> ReadSources(YamlMap map, string folder, LoyaltyCatalog catalog)
    {
        var schemas = catalog.Sources.Select(source => source.Name.Schema).Distinct(StringComparer.Ordinal).ToArray();
        map.AllowOnly(schemas);
        return map.ReadEach(schemas.Where(map.Has), schema => ReadSource(map.Map(schema), schema, folder))
            .ToDictionary(item => item.Key, item => item.Value, StringComparer.Ordinal);
    }

    private static SourceLocation ReadSource(YamlMap entry, string schema, string folder)
    {
        entry.AllowOnly("file", "schema");
        var file = entry.Read("file", _ => ReadFile(entry, folder), otherwise: null);
        return new SourceLocation(
            file, entry.Read("schema", _ => ReadSchema(entry), entry.Has("file") ? "MAIN" : schema));
    }

    private static string ReadSchema(YamlMap entry)
    {
        var name = entry.Text("schema").ToUpperInvariant();
        return Array.TrueForAll(name.Split('.'), Identifier.IsValid)
            ? name
            : throw entry.Wrong("schema", $"'{name}' is no schema name; write letters, digits and _");
    }

    private static string ReadFile(YamlMap entry, string folder)
    {
        var file = entry.FilePath("file");
        return WindowsPath.ProblemHere(file) is { } problem
            ? throw entry.Wrong("file", $"'{file}' {problem}")
            : Path.GetFullPath(file, folder);
    }

    private static IReadOnlyList<string> ReadNullTokens(YamlMap map)
    {
        map.AllowOnly("null_tokens");
        var tokens = map.Texts("null_tokens");
        // The empty cell is NULL anyway; and a token that a quote or a line end is part of could not be told from one.
        return tokens.FirstOrDefault(token => token.Length == 0 || token.AsSpan().IndexOfAny('"', '\r', '\n') >= 0) is null
            ? tokens
            : throw map.Wrong("null_tokens", "'null_tokens' are texts such as NULL or n/a, not empty and without quotes and line ends");
    }

    private static GuardLimits ReadGuards(YamlMap map)
    {
        map.AllowOnly("deletes", "segment_moves", "rejected", "duplicates", "stale_sources");
        var defaults = new GuardLimits();
        return new GuardLimits(
            map.Read("deletes", key => ReadShare(map, key), defaults.Deletes),
            map.Read("segment_moves", key => ReadShare(map, key), defaults.SegmentMoves),
            map.Read("rejected", key => ReadShare(map, key), defaults.Rejected),
            map.Read("duplicates", key => ReadShare(map, key), defaults.Duplicates))
        {
            StaleSources = map.Read("stale_sources", map.Flag, defaults.StaleSources),
        };
    }

    private static decimal ReadShare(YamlMap map, string key)
    {
        var share = map.Share(key);
        return share <= 1 ? share : throw map.Wrong(key, $"'{key}' must be a percentage from 0% to 100%, not '{map.Text(key)}'");
    }
}
