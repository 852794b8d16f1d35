using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Configuration.Integrity;
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
    public static PipelineConfig Read(string path, LoyaltyCatalog catalog)
    {
        var root = YamlFile.Read(path, LoyaltyErrors.ConfigInvalid);
        root.AllowOnly("sources", "imports", "guards", "consumers", "readers", "integrity");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return new PipelineConfig
        {
            Sources = root.Has("sources") ? ReadSources(root.Map("sources"), folder, catalog) : PipelineConfig.Default.Sources,
            NullTokens = root.Has("imports") ? ReadNullTokens(root.Map("imports")) : PipelineConfig.Default.NullTokens,
            Guards = root.Has("guards") ? ReadGuards(root.Map("guards")) : PipelineConfig.Default.Guards,
            Consumers = root.Has("consumers")
                ? ConsumerReader.Read(root.Map("consumers"), folder, catalog)
                : PipelineConfig.Default.Consumers,
            ReaderRedaction = root.Has("readers") ? ReadReaders(root.Map("readers"), catalog) : PipelineConfig.Default.ReaderRedaction,
            Integrity = root.Has("integrity") ? IntegrityReader.Read(root.Map("integrity"), catalog) : PipelineConfig.Default.Integrity,
        };
    }

    private static RedactionPolicy ReadReaders(YamlMap map, LoyaltyCatalog catalog)
    {
        map.AllowOnly("redaction");
        return RedactionReader.ReadForReaders(map.Map("redaction"), catalog);
    }

    private static Dictionary<string, SourceLocation> ReadSources(YamlMap map, string folder, LoyaltyCatalog catalog)
    {
        var schemas = catalog.Sources.Select(source => source.Name.Schema).Distinct(StringComparer.Ordinal).ToArray();
        map.AllowOnly(schemas);
        var locations = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);
        foreach (var schema in map.Keys)
        {
            var entry = map.Map(schema);
            entry.AllowOnly("file", "schema");
            var file = entry.Has("file") ? ReadFile(entry, folder) : null;
            var name = entry.Has("schema") ? entry.Text("schema").ToUpperInvariant() : file is null ? schema : "MAIN";
            if (!Array.TrueForAll(name.Split('.'), Identifier.IsValid))
                throw entry.Wrong("schema", $"'{name}' is no schema name; write letters, digits and _");
            locations.Add(schema, new SourceLocation(file, name));
        }

        return locations;
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
            ReadShare(map, "deletes", defaults.Deletes),
            ReadShare(map, "segment_moves", defaults.SegmentMoves),
            ReadShare(map, "rejected", defaults.Rejected),
            ReadShare(map, "duplicates", defaults.Duplicates))
        {
            StaleSources = map.Has("stale_sources") ? map.Flag("stale_sources") : defaults.StaleSources,
        };
    }

    private static decimal ReadShare(YamlMap map, string key, decimal otherwise)
    {
        if (!map.Has(key))
            return otherwise;
        var share = map.Share(key);
        return share <= 1 ? share : throw map.Wrong(key, $"'{key}' must be a percentage from 0% to 100%, not '{map.Text(key)}'");
    }
}
