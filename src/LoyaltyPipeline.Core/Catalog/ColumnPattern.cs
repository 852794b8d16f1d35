using System.IO.Enumeration;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Catalog;

/// <summary>Columns as users name them; <c>*</c> and <c>?</c> stand for any characters and any one.</summary>
internal static class ColumnPattern
{
    /// <summary>Whether a table has a column of the name.</summary>
    public static bool Matches(string pattern, CatalogTable table) => table.Columns.Any(column => IsMatch(pattern, column));

    /// <summary>The columns that are named, in catalog order.</summary>
    /// <exception cref="LoyaltyException"><c>ColumnUnknown</c>: the table has no column of a name.</exception>
    public static IReadOnlyList<CatalogColumn> Choose(CatalogTable table, IReadOnlyList<string> patterns)
    {
        Require(table, patterns);
        return [.. table.Columns.Where(column => patterns.Any(pattern => IsMatch(pattern, column)))];
    }

    /// <summary>The columns that are named, in the order in which they are.</summary>
    /// <exception cref="LoyaltyException"><c>ColumnUnknown</c>: the table has no column of a name.</exception>
    public static IReadOnlyList<CatalogColumn> ChooseInOrder(CatalogTable table, IReadOnlyList<string> patterns)
    {
        Require(table, patterns);
        return [.. patterns.SelectMany(pattern => table.Columns.Where(column => IsMatch(pattern, column))).Distinct()];
    }

    private static void Require(CatalogTable table, IReadOnlyList<string> patterns)
    {
        if (patterns.FirstOrDefault(pattern => !Matches(pattern, table)) is { } unknown)
            throw LoyaltyErrors.ColumnUnknown.Because($"{table.Name.Table} has no column {unknown}; it has {SqlText.List(table.Columns.Select(column => column.Name))}.", unknown);
    }

    private static bool IsMatch(string pattern, CatalogColumn column) => FileSystemName.MatchesSimpleExpression(pattern, column.Name, ignoreCase: true);
}
