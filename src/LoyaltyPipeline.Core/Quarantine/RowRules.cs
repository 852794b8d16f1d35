using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Quarantine;

/// <summary>The rules of a table that one row can break by itself, derived from the catalog.</summary>
public sealed class RowRules
{
    private readonly IReadOnlyList<RowRule> _rules;

    private RowRules(IReadOnlyList<RowRule> rules) => _rules = rules;

    /// <summary>SQL that is true for a row that breaks any rule.</summary>
    public string AnyBroken => string.Join(" OR ", _rules.Select(rule => rule.Broken));

    /// <summary>SQL for the name of the first rule a row breaks.</summary>
    public string FirstRule => FirstOf(rule => rule.Rule);

    /// <summary>SQL for what is wrong with a row, by the first rule it breaks.</summary>
    public string FirstDetail => FirstOf(rule => rule.Detail);

    /// <summary>Derives the rules of a table.</summary>
    /// <returns>The rules, in the order in which they apply.</returns>
    public static RowRules Of(CatalogTable table) => new(
    [
        .. table.Key.Select(column => NotNull(column, RejectionRule.NullKey)),
        .. table.Columns.Where(column => !column.Nullable && !table.Key.Contains(column))
            .Select(column => NotNull(column, RejectionRule.NotNull)),
        .. table.Columns.Where(column => column.Type.IsTime).Select(Calendar),
        .. table.Columns.Where(column => column.Accepted.Count > 0).Select(Accepted),
        .. table.Columns.SelectMany(Range),
    ]);

    /// <summary>The rules of a table one by one, with the column that each is about. The bounds of a column are one rule.</summary>
    public static IEnumerable<(string Kind, string Column, string Fault, string Broken)> ByColumn(CatalogTable table)
    {
        foreach (var column in table.Columns)
        {
            if (!column.Nullable)
                yield return One(RejectionRule.NotNull, column, [NotNull(column, RejectionRule.NotNull)]);
            if (column.Accepted.Count > 0)
                yield return One(RejectionRule.AcceptedValues, column, [Accepted(column)]);
            if (Range(column).ToList() is { Count: > 0 } bounds)
                yield return One(RejectionRule.Range, column, bounds);
        }

        static (string Kind, string Column, string Fault, string Broken) One(
            string kind, CatalogColumn column, IReadOnlyList<RowRule> rules) =>
            (
                kind, column.Name, string.Join(" or ", rules.Select(rule => rule.Detail)),
                string.Join(" OR ", rules.Select(rule => rule.Broken)));
    }

    /// <summary>SQL that is true for a row of which a time is none that a calendar has; null for a table without times.</summary>
    public static string? UnsayableTime(CatalogTable table) =>
        table.Columns.Where(column => column.Type.IsTime).Select(Calendar).ToList() is { Count: > 0 } rules
            ? string.Join(" OR ", rules.Select(rule => rule.Broken))
            : null;

    /// <summary>SQL for the key of a row, for example <c>USER_ID=7, SCORE_DATE=1998-06-30</c>.</summary>
    public static string KeyText(CatalogTable table) => string.Join(" || ', ' || ", table.Key.Select(column =>
        $"'{column.Name}=' || COALESCE(CAST({column.Name} AS VARCHAR), 'NULL')"));

    private static RowRule NotNull(CatalogColumn column, string rule) =>
        new(rule, $"{column.Name} IS NULL", $"{column.Name} is missing");

    // Files cannot say such a time; a database that sources are attached from may hold it, and nothing that reads it could say it.
    private static RowRule Calendar(CatalogColumn column) => new(
        RejectionRule.Type,
        $"({column.Name} IS NOT NULL AND NOT ({column.Type.IsSayable(column.Name)}))",
        $"{column.Name} lies outside the years 1 to 9999");

    private static RowRule Accepted(CatalogColumn column) => new(
        RejectionRule.AcceptedValues,
        $"({column.Name} IS NOT NULL AND {column.Name} NOT IN ({SqlText.List(column.Accepted.Select(SqlText.Quote))}))",
        $"{column.Name} is none of {SqlText.List(column.Accepted)}");

    private static IEnumerable<RowRule> Range(CatalogColumn column)
    {
        if (column.Minimum is { } minimum)
            yield return new RowRule(
                RejectionRule.Range, $"({column.Name} IS NOT NULL AND {column.Name} < {SqlText.Literal(minimum)})",
                $"{column.Name} is below {SqlText.Literal(minimum)}");
        if (column.Maximum is { } maximum)
            yield return new RowRule(
                RejectionRule.Range, $"({column.Name} IS NOT NULL AND {column.Name} > {SqlText.Literal(maximum)})",
                $"{column.Name} is above {SqlText.Literal(maximum)}");
        if (column.NotBelow is { } other)
            yield return new RowRule(
                RejectionRule.Range, $"({column.Name} IS NOT NULL AND {other} IS NOT NULL AND {column.Name} < {other})",
                $"{column.Name} is below {other}");
    }

    private string FirstOf(Func<RowRule, string> say) =>
        $"CASE {string.Join(' ', _rules.Select(rule => $"WHEN {rule.Broken} THEN {SqlText.Quote(say(rule))}"))} END";
}
