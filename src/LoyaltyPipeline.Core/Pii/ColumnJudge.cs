namespace LoyaltyPipeline.Core.Pii;

/// <summary>
/// Says which kinds of personal data a column holds. One of ten numbers has the check digit of a card by chance, so that no value counts by
/// itself: there must be more matches than chance makes of what is written alike, the more the less the name of the column says.
/// </summary>
internal static class ColumnJudge
{
    // One chance in so many that an ordinary column is found, by what its name says.
    private static readonly double FarBeyondChance = Math.Log(1e8);
    private static readonly double BeyondChance = Math.Log(1e4);
    private static readonly double Likely = Math.Log(3);

    private const double MostOfThem = 0.5;
    private const double NearlyAll = 0.8;
    private const double Few = 0.1;
    private const int Tried = 200;
    private const int Examples = 3;

    /// <summary>Judges a column.</summary>
    /// <param name="isWanted">Whether to look for a kind; null for all.</param>
    public static IReadOnlyList<ColumnFinding> Judge(
        ColumnSample sample, Func<PiiKind, bool>? isWanted, CancellationToken cancellationToken)
    {
        if (sample.Count == 0)
            return [];
        var findings = new List<ColumnFinding>();
        // In an order of their own, so that what is tried of them is the same each time.
        var values = sample.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var personal = new HashSet<string>(StringComparer.Ordinal);
        var traits = new ColumnTraits(sample.Values.Keys);
        // What a value is as a whole it must be known to be, also where only texts are asked for.
        foreach (var group in PiiDetectors.All.GroupBy(detector => detector.Kind))
        {
            if (!traits.MayHold(group.Key))
                continue;
            var kindWanted = isWanted is null || isWanted(group.Key);
            if (!kindWanted
                && (isWanted!(PiiKind.FreeText) is false
                    || group.Key is not (PiiKind.Email or PiiKind.Phone or PiiKind.CardNumber or PiiKind.Iban)))
                continue;
            if (JudgeKind(sample, values, group.Key, group, personal, cancellationToken) is { } finding && kindWanted)
                findings.Add(finding);
        }

        return [.. findings.OrderByDescending(finding => finding.Share).ThenBy(finding => finding.Kind)];
    }

    private static ColumnFinding? JudgeKind(
        ColumnSample sample, List<KeyValuePair<string, long>> values, PiiKind kind, IEnumerable<IValueDetector> detectors,
        HashSet<string> personal, CancellationToken cancellationToken)
    {
        var hint = ColumnNames.HintOf(sample.Name, kind);
        var rule = KindRule.Of(kind);
        if (kind == PiiKind.FreeText)
            values = [.. values.Where(pair => !personal.Contains(pair.Key))];
        var found = new HashSet<string>(StringComparer.Ordinal);
        double surprise = 0;
        foreach (var detector in detectors.Where(detector => !detector.NeedsName || hint == ColumnNameHint.Fits))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (detector.IsCostly && !IsPromising(detector, values, rule, sample.Count, hint))
                continue;
            var tally = Tally.Of(detector, values);
            if (!IsBeyondChance(tally, rule, sample.Count, hint))
                continue;
            surprise = Math.Max(surprise, tally.Surprise);
            found.UnionWith(tally.Matches);
        }

        if (found.Count == 0)
            return null;
        if (kind is PiiKind.Email or PiiKind.Phone or PiiKind.CardNumber or PiiKind.Iban)
            personal.UnionWith(found);
        var share = (double)found.Sum(value => sample.Values[value]) / sample.Count;
        return new ColumnFinding(
            kind, share, ConfidenceOf(rule, hint, share, surprise),
            [.. found.Order(StringComparer.Ordinal).Take(Examples).Select(PiiMask.Of).Distinct(StringComparer.Ordinal)]);
    }

    private static bool IsBeyondChance(Tally tally, KindRule rule, long count, ColumnNameHint hint)
    {
        var needed = hint switch { ColumnNameHint.Fits => Likely, ColumnNameHint.Other => FarBeyondChance, _ => BeyondChance };
        return tally.Surprise >= needed
            && tally.ShareBeyondChance(
                count) >= (hint switch
                {
                    ColumnNameHint.Fits => rule.ShareWithName,
                    ColumnNameHint.Other => Math.Max(
                    rule.Share, MostOfThem),
                    _ => rule.Share
                })
            && tally.Purity >= rule.Purity;
    }

    private static bool IsPromising(
        IValueDetector detector, List<KeyValuePair<string, long>> values, KindRule rule, long count, ColumnNameHint hint)
    {
        if (values.Count <= 2 * Tried)
            return true;
        // Spread over all of them: the first may be of one sort.
        var step = values.Count / Tried;
        var tried = values.Where((_, position) => position % step == 0).ToList();
        var tally = Tally.Of(detector, tried);
        return tally.Matches.Count > 0
            && tally.ShareBeyondChance(tried.Sum(pair => pair.Value)) >= (hint == ColumnNameHint.Fits ? rule.ShareWithName : rule.Share)
                / 2;
    }

    private static PiiConfidence ConfidenceOf(KindRule rule, ColumnNameHint hint, double share, double surprise) =>
        share < Few && !rule.IsOfParts ? PiiConfidence.Low
        : hint == ColumnNameHint.Fits && share >= MostOfThem ? PiiConfidence.High
        : rule.SpeaksForItself && share >= NearlyAll && surprise >= FarBeyondChance ? PiiConfidence.High
        : PiiConfidence.Medium;
}
