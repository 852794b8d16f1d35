using LoyaltyPipeline.Core.Tests.Truth;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

/// <summary>What is wrong with rows of a source, as SQL.</summary>
internal static class SourceConditions
{
    public static IEnumerable<SourceTable> Tables => SourceDefinitions.All.Select(source => source.Declared);

    /// <summary>
    /// One condition per rule, over a table whose values are text, independent of each other: a row that meets two of them breaks two
    /// rules. Duplicates are not a property of a single row and are counted elsewhere.
    /// </summary>
    public static IReadOnlyDictionary<string, string> ByRule(SourceTable table) => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["type"] = AnyOf(table, IsNoValue),
        ["null_key"] = AnyOf(table, column => column.IsKey ? $"{column.Name} IS NULL" : null),
        ["not_null"] = AnyOf(table, column => column.IsKey || column.IsNullable ? null : $"{column.Name} IS NULL"),
        ["accepted_values"] = AnyOf(table, IsNotAccepted),
        ["range"] = AnyOf(table, IsOutOfRange),
        ["orphan"] = table.Owner is { } owner ? $"TRY_CAST({owner.Name} AS BIGINT) NOT IN (SELECT USER_ID FROM KNOWN_USER)" : null,
    }
    .Where(pair => pair.Value is not null)
    .ToDictionary(pair => pair.Key, pair => $"COALESCE({pair.Value}, FALSE)", StringComparer.Ordinal);

    private static string? AnyOf(SourceTable table, Func<SourceColumn, string?> condition)
    {
        var conditions = table.Columns.Select(condition).OfType<string>().Select(text => $"COALESCE({text}, FALSE)").ToArray();
        return conditions.Length == 0 ? null : $"({string.Join(" OR ", conditions)})";
    }

    private static string? IsNoValue(SourceColumn column) => column.Type switch
    {
        "VARCHAR" => null,
        "BIGINT" or "INTEGER" => $"NOT regexp_full_match({column.Name}, '-?[0-9]+')",
        "BOOLEAN" => $"{column.Name} NOT IN ('true', 'false')",
        "DATE" => $"NOT regexp_full_match({column.Name}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') OR {HasNo(column, "DATE")}",
        "TIMESTAMP" => HasNo(column, "TIMESTAMP"),
        _ => $"NOT regexp_full_match({column.Name}, '-?[0-9]+[.][0-9]{{{column.Type.Split(',')[1][..^1]}}}')",
    };

    private static string HasNo(SourceColumn column, string type) =>
        $"({column.Name} IS NOT NULL AND TRY_CAST({column.Name} AS {type}) IS NULL)";

    private static string? IsNotAccepted(SourceColumn column) => column.Accepted.Count > 0
        ? $"{column.Name} NOT IN ({string.Join(", ", column.Accepted.Select(value => $"'{value}'"))})"
        : null;

    private static string? IsOutOfRange(SourceColumn column)
    {
        string?[] conditions =
        [
            column.Minimum is { } minimum ? $"TRY_CAST({column.Name} AS {column.Type}) < {minimum}" : null,
            column.Maximum is { } maximum ? $"TRY_CAST({column.Name} AS {column.Type}) > {maximum}" : null,
            column.NotBelow is { } other ? $"TRY_CAST({column.Name} AS {column.Type}) < TRY_CAST({other} AS {column.Type})" : null,
        ];
        return conditions.Any(text => text is not null)
            ? string.Join(" OR ", conditions.OfType<string>().Select(text => $"COALESCE({text}, FALSE)"))
            : null;
    }
}
