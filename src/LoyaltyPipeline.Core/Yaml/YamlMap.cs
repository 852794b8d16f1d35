using System.Globalization;
using LoyaltyPipeline.Core.Errors;
using YamlDotNet.RepresentationModel;

namespace LoyaltyPipeline.Core.Yaml;

/// <summary>A mapping of a YAML file that knows its place, so that whatever is wrong is reported with file and line.</summary>
internal sealed class YamlMap(YamlMappingNode node, string path, ErrorDefinition error)
{
    /// <summary>The keys, where they are names that users have chosen. Case does not tell names apart.</summary>
    public IEnumerable<string> Keys
    {
        get
        {
            var keys = node.Children.Keys.OfType<YamlScalarNode>().ToList();
            return keys.GroupBy(key => key.Value ?? string.Empty, StringComparer.OrdinalIgnoreCase)
                .FirstOrDefault(spellings => spellings.Skip(1).Any()) is { } twice
                ? throw WrongAt(twice.Last(), $"'{twice.Last()}' is there already, as '{twice.Key}'")
                : keys.Select(key => key.Value ?? string.Empty);
        }
    }

    public bool Has(string key) => Find(key) is not null;

    public string Text(string key) => Require(key) is YamlScalarNode { Value: { Length: > 0 } value }
        ? value
        : throw Wrong(key, $"'{key}' must be a text");

    // What \N, \_, \L and \P make within double quotes.
    private static readonly System.Buffers.SearchValues<char> MadeByEscapes = System.Buffers.SearchValues.Create(
        "\u0085\u00A0\u2028\u2029");

    /// <summary>What is to be done about a path in which a backslash was taken for the beginning of an escape.</summary>
    public const string WritePaths = "Within double quotes a backslash means something else; write paths in single quotes.";

    /// <summary>
    /// The path of a file or a folder, as it is written. A backslash of Windows within double quotes would be taken for something else: for
    /// a line end, for a blank, for nothing.
    /// </summary>
    public string FilePath(string key)
    {
        var value = Text(key);
        if (value.Any(char.IsControl))
            throw Wrong(key, $"'{key}' has a character that no path has. {WritePaths}");
        var isQuoted = Require(key) is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.DoubleQuoted };
        return isQuoted && (value.AsSpan().ContainsAny(MadeByEscapes) || value is ['\\', not '\\', ..])
            ? throw Wrong(key, $"'{key}' is not what was meant, as it seems. {WritePaths}")
            : value;
    }

    public string TextOrEmpty(string key) => (Require(key) as YamlScalarNode)?.Value ?? throw Wrong(key, $"'{key}' must be a text");

    /// <summary>A share of a whole, written as a percentage: 0.3 for <c>30%</c>.</summary>
    public decimal Share(string key)
    {
        var text = Text(key);
        return text.EndsWith('%')
            && decimal.TryParse(
                text.AsSpan(0, text.Length - 1).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            ? percent / 100
            : throw Wrong(key, $"'{key}' must be a percentage such as 30%, not '{text}'");
    }

    public IReadOnlyDictionary<string, string> ToDictionary() => Keys.ToDictionary(key => key, Text, StringComparer.Ordinal);

    public bool Flag(string key) => Text(key) switch
    {
        "true" => true,
        "false" => false,
        var other => throw Wrong(key, $"'{key}' must be true or false, not '{other}'"),
    };

    public TEnum Choice<TEnum>(string key)
        where TEnum : struct, Enum =>
        // By name only: Enum.TryParse would take a number or a list too.
        Enum.GetNames<TEnum>().Contains(Text(key), StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<TEnum>(Text(key), ignoreCase: true)
            : throw Wrong(
                key,
                $"'{key}' must be one of {string.Join(", ", Enum.GetNames<TEnum>().Select(name => name.ToLowerInvariant()))}, not '{Text(key)}'");

    public IReadOnlyList<string> Texts(string key) => [.. Sequence(key).Select(item => item is YamlScalarNode { Value: { } value }
        ? value
        : throw WrongAt(item, $"'{key}' must be a list of texts"))];

    public IEnumerable<YamlMap> Maps(string key) => Sequence(key).Select(item => item is YamlMappingNode map
        ? new YamlMap(map, path, error)
        : throw WrongAt(item, $"'{key}' must be a list of mappings"));

    public YamlMap Map(string key) => Require(key) is YamlMappingNode map
        ? new YamlMap(map, path, error)
        : throw Wrong(key, $"'{key}' must be a mapping");

    /// <summary>Refuses keys that mean nothing: a misspelt setting must not be passed over.</summary>
    public void AllowOnly(params ReadOnlySpan<string> keys)
    {
        foreach (var key in node.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !keys.Contains(name))
                throw WrongAt(key, $"unknown key '{key}'; known are {string.Join(", ", keys.ToArray())}");
        }
    }

    /// <summary>The error for the value of a key, or for the mapping where the key is missing.</summary>
    public LoyaltyException Wrong(string key, string reason) => WrongAt(Find(key) ?? node, reason);

    /// <summary>An error of another kind for the value of a key.</summary>
    public LoyaltyException Wrong(string key, string reason, ErrorDefinition definition) =>
        definition.Because($"{path} line {Require(key).Start.Line}: {reason}", path);

    private LoyaltyException WrongAt(YamlNode at, string reason) => error.Because($"{path} line {at.Start.Line}: {reason}", path);

    private YamlSequenceNode Sequence(string key) => Require(key) as YamlSequenceNode ?? throw Wrong(key, $"'{key}' must be a list");

    private YamlNode Require(string key) => Find(key) ?? throw Wrong(key, $"'{key}' is missing");

    private YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
}
