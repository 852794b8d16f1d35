namespace LoyaltyPipeline.Core.Engines;

/// <summary>Conditions of a query and the values bound to them.</summary>
internal sealed class SqlFilter
{
    private readonly List<string> _conditions = [];
    private readonly List<object?> _values = [];

    /// <summary>The values, in the order of their question marks.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>Adds a condition, unless there is no value to compare with.</summary>
    /// <param name="condition">SQL with one <c>?</c>.</param>
    /// <param name="value">The value; null to leave the condition out.</param>
    /// <returns>The filter itself.</returns>
    public SqlFilter And(string condition, object? value)
    {
        if (value is null)
            return this;
        _conditions.Add(condition);
        _values.Add(value);
        return this;
    }

    /// <summary>Adds a condition, if it applies.</summary>
    /// <param name="applies">Whether it does.</param>
    /// <param name="condition">SQL without values.</param>
    /// <returns>The filter itself.</returns>
    public SqlFilter AndIf(bool applies, string condition)
    {
        if (applies)
            _conditions.Add(condition);
        return this;
    }

    /// <summary>Adds the condition that a column has one of some values.</summary>
    /// <param name="values">The values, NULL too; null to leave the condition out, empty for what no row meets.</param>
    /// <returns>The filter itself.</returns>
    public SqlFilter AndIn(string column, IReadOnlyCollection<string?>? values)
    {
        if (values is null)
            return this;
        var alternatives = values.Contains(null, StringComparer.Ordinal) ? new List<string> { $"{column} IS NULL" } : [];
        var texts = values.OfType<string>().ToList();
        if (texts.Count > 0)
            alternatives.Add($"{column} IN ({string.Join(", ", texts.Select(_ => "?"))})");
        _conditions.Add(alternatives.Count == 0 ? "1 = 0" : $"({string.Join(" OR ", alternatives)})");
        _values.AddRange(texts);
        return this;
    }

    /// <summary>The WHERE clause; empty where there is no condition.</summary>
    public override string ToString() => _conditions.Count == 0 ? string.Empty : $" WHERE {string.Join(" AND ", _conditions)}";
}
