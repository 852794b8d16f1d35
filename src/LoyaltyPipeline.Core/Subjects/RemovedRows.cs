namespace LoyaltyPipeline.Core.Subjects;

/// <summary>How many rows of a user were removed from a table.</summary>
public sealed class RemovedRows(string table, long rows)
{
    /// <summary>The table.</summary>
    public string Table { get; } = table;

    /// <summary>The rows; of CHECK_RESULT and RUN the rows in which the user was named, which stay without it.</summary>
    public long Rows { get; } = rows;

    /// <summary>For example <c>LOYALTY.HISTORY: 3</c>.</summary>
    public override string ToString() => $"{Table}: {Rows}";
}
