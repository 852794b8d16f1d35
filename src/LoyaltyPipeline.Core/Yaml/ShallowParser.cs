using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LoyaltyPipeline.Core.Yaml;

/// <summary>
/// A parser that goes no deeper than anybody writes: what builds a tree of the document goes as deep as that, and a stack that is full
/// ends the process.
/// </summary>
internal sealed class ShallowParser(IParser parser) : IParser
{
    private const int Deepest = 64;

    private int _depth;

    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        if (!parser.MoveNext())
            return false;
        _depth += parser.Current!.NestingIncrease;
        return _depth <= Deepest
            ? true
            : throw new YamlException(parser.Current.Start, parser.Current.End, $"it is nested more than {Deepest} times");
    }
}
