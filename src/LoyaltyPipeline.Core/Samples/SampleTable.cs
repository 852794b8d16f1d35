namespace LoyaltyPipeline.Core.Samples;

/// <summary>A source table as the generator knows it.</summary>
internal sealed record SampleTable(string Name, IReadOnlyList<SampleColumn> Columns)
{
    public IReadOnlyList<string> ColumnNames { get; } = [.. Columns.Select(column => column.Name)];

    /// <summary>The position of a column, or −1.</summary>
    public int IndexOf(string column) =>
        Columns.Index().Where(entry => entry.Item.Name.Equals(column, StringComparison.Ordinal)).Select(entry => entry.Index).FirstOrDefault(-1);
}
