using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.SyntheticData.Declared;

/// <summary>What the columns of a table make of it.</summary>
internal sealed class DeclaredShape
{
    public DeclaredShape(CatalogTable table)
    {
        Table = table;
        ColumnNames = [.. table.Columns.Select(column => column.Name)];
        Owner = table.OrphanColumn ?? table.Columns.FirstOrDefault(column => column.References == LoyaltyCatalog.User);
        var rest = table.Key.Where(column => column != Owner).ToList();
        Counter = rest.FindLast(IsFree) ?? rest.LastOrDefault();
        IsKeyedByUser = Owner is not null && table.Key.Contains(Owner);
        IsOfUsers = IsKeyedByUser || (Owner is not null && IsFree(Counter!) && !Counter!.Type.IsTime);
    }

    public CatalogTable Table { get; }

    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>The column that says whose a row is.</summary>
    public CatalogColumn? Owner { get; }

    /// <summary>The column of the key that tells rows apart; null where a user has one row.</summary>
    public CatalogColumn? Counter { get; }

    public bool IsKeyedByUser { get; }

    /// <summary>Whether each user may have rows; else it is a list of few.</summary>
    public bool IsOfUsers { get; }

    /// <summary>Whether the column can have as many values as there are rows.</summary>
    private static bool IsFree(CatalogColumn column) =>
        column.Accepted.Count == 0 && column.References is null && column.Type.DataType != DataType.Boolean;
}
