namespace LoyaltyPipeline.Core.Queries;

/// <summary>What the columns of a query's result are made of.</summary>
/// <param name="columns">Each column; null where the text does not tell.</param>
/// <param name="untold">The personal data that may be in the columns of which the text tells nothing; null for none.</param>
internal sealed class ResultOrigins(IReadOnlyList<ResultColumn>? columns, string? untold)
{
    /// <summary>A column.</summary>
    /// <param name="ordinal">Which.</param>
    /// <param name="count">How many the result has: where there are not as many as the text tells, it tells nothing.</param>
    public ResultColumn At(int ordinal, int count) =>
        columns?.Count == count ? columns[ordinal] : new ResultColumn(string.Empty, IsKey: false, untold);

    /// <summary>A column by its name; null where the text does not tell of it.</summary>
    public ResultColumn? Find(string name) =>
        columns?.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));
}
