namespace LoyaltyPipeline.Core.Pii;

/// <summary>What a detector made of the values of a column.</summary>
internal sealed class Tally
{
    private readonly double _chance;
    private readonly long _different;
    private readonly long _form;
    private readonly long _matched;

    private Tally(IReadOnlyList<string> matches, double chance, long different, long form, long matched)
    {
        Matches = matches;
        _chance = chance;
        _different = different;
        _form = form;
        _matched = matched;
    }

    /// <summary>The values that matched.</summary>
    public IReadOnlyList<string> Matches { get; }

    /// <summary>How far that is beyond chance. A value that occurs a thousand times is chance once.</summary>
    public double Surprise => Pii.Surprise.Of(Matches.Count, _different, _chance);

    /// <summary>Of the values of the form those that match.</summary>
    public double Purity => _form == 0 ? 0 : (double)_matched / _form;

    /// <summary>Looks at values.</summary>
    public static Tally Of(IValueDetector detector, IReadOnlyCollection<KeyValuePair<string, long>> values)
    {
        var matches = new List<string>();
        long different = 0, form = 0, matched = 0;
        foreach (var (value, count) in values)
        {
            var match = detector.Look(value);
            if (match == ValueMatch.None)
                continue;
            different++;
            form += count;
            if (match != ValueMatch.Match)
                continue;
            matched += count;
            matches.Add(value);
        }

        return new Tally(matches, detector.Chance, different, form, matched);
    }

    /// <summary>The share of values that match, less those that chance makes of the others.</summary>
    /// <param name="count">All values.</param>
    public double ShareBeyondChance(long count) => (_matched - _chance * _form) / (1 - _chance) / count;
}
