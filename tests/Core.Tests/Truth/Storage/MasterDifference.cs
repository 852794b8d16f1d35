using System.Globalization;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Says in what two Masters differ.</summary>
public static class MasterDifference
{
    private const int MaximumLines = 40;

    /// <summary>One line per missing, unexpected or repeated user and per differing column; null if there is no difference.</summary>
    public static string? Describe(IReadOnlyList<MasterRow> expected, IReadOnlyList<MasterRow> actual)
    {
        var lines = Lines(expected, actual).ToList();
        if (lines.Count == 0)
            return null;

        var rest = lines.Count - MaximumLines;
        return string.Join('\n', lines.Take(MaximumLines)) + (rest > 0 ? Invariant($"\n… and {rest} more") : "");
    }

    private static IEnumerable<string> Lines(IReadOnlyList<MasterRow> expected, IReadOnlyList<MasterRow> actual)
    {
        var expectedByUser = expected.ToLookup(row => row.UserId);
        var actualByUser = actual.ToLookup(row => row.UserId);
        return expected.Concat(actual)
            .Select(row => row.UserId)
            .Distinct()
            .Order()
            .SelectMany(user => UserLines(user, [.. expectedByUser[user]], [.. actualByUser[user]]));
    }

    private static IEnumerable<string> UserLines(long user, MasterRow[] expected, MasterRow[] actual)
    {
        if (expected.Length == 1 && actual.Length == 1)
            return ColumnLines(user, expected[0], actual[0]);
        return expected.Length == actual.Length && expected.SequenceEqual(actual)
            ? []
            : [Invariant($"USER_ID {user}: expected {expected.Length} row(s), got {actual.Length}")];
    }

    private static IEnumerable<string> ColumnLines(long user, MasterRow expected, MasterRow actual) =>
        from column in MasterColumn.All
        let wanted = column.Cell(expected)
        let got = column.Cell(actual)
        where !Equals(wanted, got)
        select Invariant($"USER_ID {user}, {column.Name}: expected {SourceText.Literal(wanted)}, got {SourceText.Literal(got)}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
