using LoyaltyPipeline.Core.Pii;

namespace LoyaltyPipeline.PiiTrials;

/// <summary>Has the columns judged and counts how often that was right.</summary>
public static class PiiTrial
{
    /// <summary>Judges columns.</summary>
    public static IReadOnlyList<KindScore> Judge(IReadOnlyCollection<LabelledColumn> columns)
    {
        var judged = columns.AsParallel().AsOrdered().Select(column => (Column: column, Findings: Judge(column))).ToList();
        return [.. Enum.GetValues<PiiKind>().Select(kind => ScoreOf(kind, judged))];
    }

    private static IReadOnlyList<ColumnFinding> Judge(LabelledColumn column)
    {
        var sample = new ColumnSample { Name = column.Name };
        foreach (var value in column.Values)
            sample.Add(value);
        return ColumnJudge.Judge(sample, isWanted: null, CancellationToken.None);
    }

    private static KindScore ScoreOf(PiiKind kind, List<(LabelledColumn Column, IReadOnlyList<ColumnFinding> Findings)> judged)
    {
        var holding = judged.Where(pair => pair.Column.Kind == kind).ToList();
        var found = holding.Where(pair => pair.Findings.Any(finding => finding.Kind == kind)).ToList();
        var wrong = judged.Where(pair => pair.Column.Kind != kind && pair.Findings.Any(finding => finding.Kind == kind)).ToList();
        var error = found.Count == 0
            ? 0
            : found.Average(pair => Math.Abs(pair.Findings.First(finding => finding.Kind == kind).Share - pair.Column.Share));
        return new KindScore(
            kind, holding.Count, found.Count, wrong.Count, error,
            [.. holding.Except(found).Select(pair => Say("missed", pair.Column)), .. wrong.Select(pair => Say("wrong", pair.Column))]);
    }

    private static string Say(string what, LabelledColumn column) => $"{what}: {column.Sort} '{column.Name}', such as '{column.Values[0]}'";
}
