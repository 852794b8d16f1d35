using System.Globalization;
using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>A column of a source, as the text of the source declares it.</summary>
public sealed record SourceColumn(string Name, string Type, bool IsKey, IReadOnlyList<string> Marks)
{
    public bool IsNullable { get; } = Marks.Contains("null", StringComparer.Ordinal);

    public bool SmallerWins { get; } = Marks.Contains("smaller_wins", StringComparer.Ordinal);

    public IReadOnlyList<string> Accepted { get; } = SourceTable.Mark(Marks, "in")?.Split(',') ?? [];

    public decimal? Minimum { get; } = Number(SourceTable.Mark(Marks, "min"));

    public decimal? Maximum { get; } = Number(SourceTable.Mark(Marks, "max"));

    /// <summary>A column of the same row that this one must reach.</summary>
    public string? NotBelow { get; } = SourceTable.Mark(Marks, "not_below");

    /// <summary>Whether a row belongs to the user in it.</summary>
    public bool IsOwner { get; } = SourceTable.Mark(Marks, "of") == "USER_PROFILE";

    /// <summary>The type that it has in a row.</summary>
    public Type CellType => Type switch
    {
        "BIGINT" => typeof(long?),
        "INTEGER" => typeof(int?),
        "VARCHAR" => typeof(string),
        "BOOLEAN" => typeof(bool?),
        "DATE" => typeof(DateOnly?),
        "TIMESTAMP" => typeof(DateTime?),
        _ when Type.StartsWith("DECIMAL(", StringComparison.Ordinal) => typeof(decimal?),
        _ => throw new InvalidOperationException($"Column {Name} has the type '{Type}', which no column of a source has."),
    };

    /// <summary>The rules that a value of it can break, but for NULL.</summary>
    public IEnumerable<string> ValueRules => (Accepted.Count > 0 ? new[] { RejectionRule.AcceptedValues } : [])
        .Concat((Minimum ?? Maximum) is null && NotBelow is null ? [] : [RejectionRule.Range]);

    public static SourceColumn Parse(string text, IReadOnlyCollection<string> key)
    {
        var words = Regex.Split(text, " (?=[A-Za-z_]+=|null|smaller_wins)|(?<=^[A-Z0-9_]+) ", RegexOptions.None, TimeSpan.FromSeconds(1));
        return new SourceColumn(words[0], words[1], key.Contains(words[0], StringComparer.Ordinal), words[2..]);
    }

    public bool Accepts(object cell) => Accepted.Count == 0 || Accepted.Contains((string)cell, StringComparer.Ordinal);

    public bool HasInRange(object cell) =>
        (Minimum is null || Convert.ToDecimal(cell, CultureInfo.InvariantCulture) >= Minimum)
            && (Maximum is null || Convert.ToDecimal(cell, CultureInfo.InvariantCulture) <= Maximum);

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}
