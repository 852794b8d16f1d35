using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LoyaltyPipeline.Core.Yaml;

/// <summary>Finds the keys and values of a YAML text where they stand, so that they can be changed and the rest stays as it is.</summary>
internal sealed class YamlScalars
{
    private readonly string _text;
    private readonly List<YamlScalar> _found = [];
    private readonly Stack<Level> _levels = new();

    private YamlScalars(string text) => _text = text;

    /// <summary>Finds them, in the order of the text.</summary>
    /// <exception cref="FormatException">It is no YAML; the message names the line.</exception>
    public static IReadOnlyList<YamlScalar> In(string text)
    {
        var scalars = new YamlScalars(text);
        try
        {
            using var reader = new StringReader(text);
            var parser = new ShallowParser(new Parser(reader));
            while (parser.MoveNext())
                scalars.Take(parser.Current!);
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException)
        {
            var line = (exception as YamlException)?.End.Line ?? text.AsSpan().Count('\n') + 1;
            throw new FormatException($"line {line}: {exception.Message}", exception);
        }

        return scalars._found;
    }

    private void Take(ParsingEvent next)
    {
        switch (next)
        {
            case MappingStart or SequenceStart:
                var key = TakeKey(isScalar: false);
                _levels.Push(new Level(next is MappingStart, key));
                break;
            case MappingEnd or SequenceEnd:
                _levels.Pop();
                break;
            case Scalar scalar:
                Take(scalar);
                break;
            case AnchorAlias:
                TakeKey(isScalar: false);
                break;
            default:
                break;
        }
    }

    private void Take(Scalar scalar)
    {
        var isKey = _levels.TryPeek(out var level) && level is { IsMapping: true, IsValueNext: false };
        var key = TakeKey(isScalar: true, scalar.Value);
        var (start, end) = ((int)scalar.Start.Index, (int)scalar.End.Index);
        if (end <= start)
            return;
        var isBlock = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded;
        if (isBlock)
            start = _text.IndexOf('\n', start, end - start) is var line and >= 0 ? line + 1 : end;
        else if (scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted)
            (start, end) = (start + 1, end - 1);
        _found.Add(new YamlScalar(start, end, isKey ? null : key ?? string.Empty, isBlock));
    }

    // The key of what comes now. A sequence hands its own on to each of its entries.
    private string? TakeKey(bool isScalar, string? value = null)
    {
        if (!_levels.TryPeek(out var level))
            return null;
        if (!level.IsMapping)
            return level.Key;
        level.IsValueNext = !level.IsValueNext;
        if (!level.IsValueNext)
            return level.Key;
        level.Key = isScalar ? value : null;
        return null;
    }

    private sealed class Level(bool isMapping, string? key)
    {
        public bool IsMapping { get; } = isMapping;

        public string? Key { get; set; } = key;

        public bool IsValueNext { get; set; }
    }
}
