namespace LoyaltyPipeline.Core.Tests.SyntheticData;

internal sealed record SourceTable(string Name, IReadOnlyList<SourceColumn> Columns)
{
    public string FileName => Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..] + ".csv";

    public string KeyList => string.Join(", ", Columns.Where(column => column.IsKey).Select(column => column.Name));

    public bool BelongsToUsers =>
        !Name.Equals("DW_A.USER_PROFILE", StringComparison.Ordinal)
            && Columns.Any(column => column.Name.Equals("USER_ID", StringComparison.Ordinal));

    public static SourceTable Parse(string line)
    {
        var parts = line.Split(": ");
        var (name, marks) = (parts[0].Split(' ')[0], parts[0].Split(' ')[1..]);
        return new SourceTable(
            name,
            [.. parts[1].Split("; ")
                .Select(column => SourceColumn.Parse(column, isKey: Marked("key", column), isEventTime: Marked("event", column)))]);

        bool Marked(string mark, string column) =>
            marks.Any(
                text => text.StartsWith($"{mark}=", StringComparison.Ordinal)
                    && text[(mark.Length + 1)..].Split(',').Contains(column.Split(' ')[0], StringComparer.Ordinal));
    }

    /// <summary>
    /// One condition per rule, over a table whose values are text, independent of each other: a row that meets two of them breaks two
    /// rules. Duplicates are not a property of a single row and are counted elsewhere.
    /// </summary>
    public IReadOnlyDictionary<string, string> ConditionsByRule()
    {
        var orphan = BelongsToUsers ? "TRY_CAST(USER_ID AS BIGINT) NOT IN (SELECT USER_ID FROM KNOWN_USER)" : null;
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["type"] = AnyOf(column => column.IsNoValue),
            ["null_key"] = AnyOf(column => column.IsKey ? $"{column.Name} IS NULL" : null),
            ["not_null"] = AnyOf(column => column.IsKey || column.IsNullable ? null : $"{column.Name} IS NULL"),
            ["accepted_values"] = AnyOf(column => column.IsNotAccepted),
            ["range"] = AnyOf(column => column.IsOutOfRange),
            ["orphan"] = orphan,
        }
        .Where(pair => pair.Value is not null)
        .ToDictionary(pair => pair.Key, pair => $"COALESCE({pair.Value}, FALSE)", StringComparer.Ordinal);
    }

    private string? AnyOf(Func<SourceColumn, string?> condition)
    {
        var conditions = Columns.Select(condition).OfType<string>().Select(text => $"COALESCE({text}, FALSE)").ToArray();
        return conditions.Length == 0 ? null : $"({string.Join(" OR ", conditions)})";
    }
}
