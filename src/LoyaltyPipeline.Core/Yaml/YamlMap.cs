using System.Globalization;
using LoyaltyPipeline.Core.Errors;
using YamlDotNet.RepresentationModel;

namespace LoyaltyPipeline.Core.Yaml;

/// <summary>A mapping of a YAML file that knows its place, so that whatever is wrong is reported with file and line.</summary>
/// <param name="place">The keys above it, with a point between them; empty for the root.</param>
internal sealed class YamlMap(YamlMappingNode node, YamlReading reading, string place = "")
{
    /// <summary>The keys, where they are names that users have chosen. Case does not tell names apart.</summary>
    public IEnumerable<string> Keys
    {
        get
        {
            var names = node.Children.Keys.OfType<YamlScalarNode>()
                .GroupBy(key => key.Value ?? string.Empty, StringComparer.OrdinalIgnoreCase).ToList();
            foreach (var twice in names.Where(spellings => spellings.Skip(1).Any()))
                reading.Report(WrongAt(twice.Last(), twice.Last().Value!, $"'{twice.Last()}' is there already, as '{twice.Key}'"));
            return names.Select(spellings => spellings.Key);
        }
    }

    /// <summary>The keys in the mapping of a key, with no word about what may be wrong with them; none where there is no mapping.</summary>
    public IEnumerable<string> NamesIn(string key) => Find(key) is YamlMappingNode map
        ? map.Children.Keys.OfType<YamlScalarNode>().Select(name => name.Value ?? string.Empty)
        : [];

    /// <summary>What is read of a key; where it is not there, or has a fault that is heard of, something else.</summary>
    public T Read<T>(string key, Func<string, T> read, T otherwise) => Has(key) ? Try(() => read(key), otherwise) : otherwise;

    /// <summary>What is read of each key; those that have a fault that is heard of are left out.</summary>
    public IEnumerable<(string Key, T Value)> ReadEach<T>(IEnumerable<string> keys, Func<string, T?> read)
        where T : class =>
        keys.Select(key => (Key: key, Value: Try(() => read(key), otherwise: null))).Where(item => item.Value is not null)
            .Select(item => (item.Key, item.Value!));

    /// <summary>Reads something of it; where that has a fault that is heard of, it is something else.</summary>
    public T Try<T>(Func<T> read, T otherwise) => reading.Try(read, otherwise);

    /// <summary>
    /// The same mapping, of whose faults somebody hears before those who hear of them anyway. Where the first one is to be thrown, it is.
    /// </summary>
    public YamlMap HeardBy(Action<LoyaltyException> hear) =>
        new(node, reading with { Hear = reading.Hear is { } others ? hear + others : null }, place);

    /// <summary>The line of a setting, or of the nearest one above it that is there.</summary>
    /// <param name="keys">The keys that lead to it.</param>
    public int LineOf(params ReadOnlySpan<string> keys)
    {
        var (map, line) = (node, (int)node.Start.Line);
        foreach (var key in keys)
        {
            if (!map.Children.TryGetValue(new YamlScalarNode(key), out var value))
                return line;
            line = (int)value.Start.Line;
            if (value is not YamlMappingNode next)
                return line;
            map = next;
        }

        return line;
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

    /// <summary>
    /// The name of an environment variable that holds a secret. What is none may be the secret itself, and is not repeated.
    /// </summary>
    public string VariableName(string key)
    {
        var name = Text(key);
        return name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '(' or ')') && !char.IsAsciiDigit(name[0])
            ? name
            : throw Wrong(key, $"'{key}' is not the name of an environment variable: letters, digits and underscores");
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
        : throw WrongAt(item, key, $"'{key}' must be a list of texts"))];

    public IEnumerable<YamlMap> Maps(string key) => Sequence(key).Select((item, index) => item is YamlMappingNode map
        ? new YamlMap(map, reading, $"{PlaceOf(key)}[{index}]")
        : throw WrongAt(item, key, $"'{key}' must be a list of mappings"));

    public YamlMap Map(string key) => Require(key) is YamlMappingNode map
        ? new YamlMap(map, reading, PlaceOf(key))
        : throw Wrong(key, $"'{key}' must be a mapping");

    /// <summary>Refuses keys that mean nothing: a misspelt setting must not be passed over.</summary>
    public void AllowOnly(params ReadOnlySpan<string> keys)
    {
        foreach (var key in node.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !keys.Contains(name))
                reading.Report(WrongAt(key, $"{key}", $"unknown key '{key}'; known are {string.Join(", ", keys.ToArray())}"));
        }
    }

    /// <summary>The error for the value of a key, or for the mapping where the key is missing.</summary>
    public LoyaltyException Wrong(string key, string reason) => WrongAt(Find(key) ?? node, key, reason);

    /// <summary>Throws the error for the value of a key, unless somebody hears of it.</summary>
    public void Report(string key, string reason) => reading.Report(Wrong(key, reason));

    /// <summary>An error of another kind for the value of a key.</summary>
    public LoyaltyException Wrong(string key, string reason, ErrorDefinition definition) =>
        reading.At((int)Require(key).Start.Line, PlaceOf(key), reason, definition: definition);

    private LoyaltyException WrongAt(YamlNode at, string key, string reason) => reading.At((int)at.Start.Line, PlaceOf(key), reason);

    private string PlaceOf(string key) => place.Length == 0 ? key : $"{place}.{key}";

    private YamlSequenceNode Sequence(string key) => Require(key) as YamlSequenceNode ?? throw Wrong(key, $"'{key}' must be a list");

    private YamlNode Require(string key) => Find(key) ?? throw Wrong(key, $"'{key}' is missing");

    private YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
}
