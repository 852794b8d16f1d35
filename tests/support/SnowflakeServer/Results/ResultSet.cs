namespace LoyaltyPipeline.SnowflakeSupport.Results;

/// <summary>
/// What a query or a statement yields. A value is null, or <see cref="decimal"/> or <see cref="System.Numerics.BigInteger"/> for a number
/// with a fixed scale (whole numbers also as
/// <see cref="long"/>), <see cref="double"/>, <see cref="string"/>, <see cref="bool"/>, <see cref="DateTime"/>, <see cref="TimeSpan"/> or
/// bytes.
/// </summary>
internal sealed record ResultSet(IReadOnlyList<ResultColumn> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>A result of one row with one text, which is how Snowflake confirms a statement.</summary>
    /// <param name="text">What it says.</param>
    public static ResultSet Status(string text) => new([ResultColumn.Text("status")], [[text]]);

    /// <summary>A result of one row with numbers, which is how Snowflake counts the rows of DML.</summary>
    /// <param name="counts">Name and number of each column.</param>
    public static ResultSet Counts(params (string Name, long Count)[] counts) =>
        new([.. counts.Select(count => ResultColumn.Count(count.Name))], [[.. counts.Select(count => (object?)count.Count)]]);
}
