namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>A source table as the generator knows it.</summary>
internal sealed record SyntheticTable(string Name, IReadOnlyList<SyntheticColumn> Columns)
{
    public IReadOnlyList<string> ColumnNames { get; } = [.. Columns.Select(column => column.Name)];

    /// <summary>The position of a column, or −1.</summary>
    public int IndexOf(string column) =>
        Columns.Index().Where(entry => entry.Item.Name.Equals(column, StringComparison.Ordinal)).Select(entry => entry.Index)
            .FirstOrDefault(-1);
}
