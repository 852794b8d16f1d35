using System.Globalization;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

internal sealed record SourceColumn(string Name, string Type, bool IsKey, bool IsEventTime, IReadOnlyList<string> Marks)
{
    public bool IsNullable => Marks.Contains("null", StringComparer.Ordinal);

    public string? IsNoValue => Type switch
    {
        "VARCHAR" => null,
        "BIGINT" or "INTEGER" => $"NOT regexp_full_match({Name}, '-?[0-9]+')",
        "BOOLEAN" => $"{Name} NOT IN ('true', 'false')",
        "DATE" => $"NOT regexp_full_match({Name}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') OR ({Name} IS NOT NULL AND TRY_CAST({Name} AS DATE) IS NULL)",
        "TIMESTAMP" => $"{Name} IS NOT NULL AND TRY_CAST({Name} AS TIMESTAMP) IS NULL",
        _ => $"NOT regexp_full_match({Name}, '-?[0-9]+[.][0-9]{{2}}')",
    };

    public string? IsNotAccepted => Mark("in") is { } accepted
        ? $"{Name} NOT IN ({string.Join(", ", accepted.Split(',').Select(value => $"'{value}'"))})"
        : null;

    public string? IsOutOfRange
    {
        get
        {
            var conditions = new List<string>();
            if (Mark("min") is { } minimum)
                conditions.Add($"TRY_CAST({Name} AS DECIMAL(18,2)) < {minimum}");
            if (Mark("max") is { } maximum)
                conditions.Add($"TRY_CAST({Name} AS DECIMAL(18,2)) > {maximum}");
            if (Mark("not_below") is { } other)
                conditions.Add($"TRY_CAST({Name} AS DECIMAL(18,2)) < TRY_CAST({other} AS DECIMAL(18,2))");
            return conditions.Count == 0 ? null : string.Join(" OR ", conditions.Select(text => $"COALESCE({text}, FALSE)"));
        }
    }

    public static SourceColumn Parse(string text, bool isKey, bool isEventTime)
    {
        var parts = text.Split(' ');
        return new SourceColumn(parts[0], parts[1], isKey, isEventTime, parts[2..]);
    }

    private string? Mark(string name) => Marks
        .Where(mark => mark.StartsWith(name + "=", ignoreCase: false, CultureInfo.InvariantCulture))
        .Select(mark => mark[(name.Length + 1)..])
        .FirstOrDefault();
}
