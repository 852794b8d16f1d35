namespace LoyaltyPipeline.Core.Catalog;

/// <summary>A column of a table, for example <c>DW_A.USER_PROFILE.USER_ID</c>.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
public readonly record struct ColumnReference(TableName Table, string Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Table}.{Column}";
}
