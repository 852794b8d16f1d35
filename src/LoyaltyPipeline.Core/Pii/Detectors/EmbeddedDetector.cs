namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>A text in which something personal stands among other words.</summary>
internal abstract class EmbeddedDetector : IValueDetector
{
    // Below it nothing fits in beside a word.
    private const int Shortest = 10;

    public PiiKind Kind => PiiKind.FreeText;

    public abstract double Chance { get; }

    public virtual bool IsCostly => false;

    public ValueMatch Look(string value)
    {
        if (value.Length < Shortest)
            return ValueMatch.None;
        var found = ValueMatch.None;
        foreach (var (start, length) in Candidates(value))
        {
            if (length == value.Length)
                continue;
            var match = LookAt(value.Substring(start, length));
            if (match == ValueMatch.Match)
                return match;
            if (match != ValueMatch.None)
                found = match;
        }

        return found;
    }

    /// <summary>The parts of a text that may be what is looked for.</summary>
    protected abstract IEnumerable<(int Start, int Length)> Candidates(string text);

    /// <summary>Looks at a part.</summary>
    protected abstract ValueMatch LookAt(string part);
}
