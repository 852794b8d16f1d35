namespace LoyaltyPipeline.Core.Catalog;

/// <summary>The name of a table as the catalog writes it, for example <c>DW_A.USER_ACTIVITY</c>.</summary>
/// <param name="Schema">The schema or source database.</param>
/// <param name="Table">The table.</param>
public readonly record struct TableName(string Schema, string Table)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Schema}.{Table}";
}
