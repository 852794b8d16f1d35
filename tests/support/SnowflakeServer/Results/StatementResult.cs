namespace LoyaltyPipeline.SnowflakeSupport.Results;

/// <summary>What one statement yields.</summary>
/// <param name="Type">What it was.</param>
/// <param name="Data">Its rows.</param>
internal sealed record StatementResult(StatementType Type, ResultSet Data)
{
    /// <summary>The statement's id.</summary>
    public string QueryId { get; init; } = "";

    /// <summary>The rows that it changed, as Snowflake's driver counts them: -1 for a query, 0 for what has no rows.</summary>
    public long AffectedRows => Type switch
    {
        StatementType.Insert or StatementType.Update or StatementType.Delete or StatementType.Merge => Data.Rows[0].Sum(Convert.ToInt64),
        StatementType.Copy => Sum("rows_loaded"),
        StatementType.Unload => Sum("rows_unloaded"),
        StatementType.Select => -1,
        _ => 0,
    };

    /// <summary>Whether it is read rather than counted.</summary>
    public bool IsQuery => Type is StatementType.Select or StatementType.Show or StatementType.Describe
        or StatementType.ListFiles or StatementType.GetFiles or StatementType.PutFiles or StatementType.RemoveFiles;

    private long Sum(string column)
    {
        var at = Data.Columns.TakeWhile(candidate => candidate.Name != column).Count();
        return at == Data.Columns.Count ? 0 : Data.Rows.Sum(row => Convert.ToInt64(row[at]));
    }
}
