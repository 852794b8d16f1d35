namespace LoyaltyPipeline.Core.Warehouses;

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

    /// <summary>The WHERE clause; empty where there is no condition.</summary>
    public override string ToString() => _conditions.Count == 0 ? string.Empty : $" WHERE {string.Join(" AND ", _conditions)}";
}
