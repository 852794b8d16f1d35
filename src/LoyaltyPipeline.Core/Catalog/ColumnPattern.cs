using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Catalog;

/// <summary>Columns of Master as users name them; <c>*</c> and <c>?</c> stand for any characters and any one.</summary>
internal static class ColumnPattern
{
    /// <summary>Whether Master has a column of the name.</summary>
    public static bool Matches(string pattern, CatalogTable master) => master.Columns.Any(column => IsMatch(pattern, column));

    /// <summary>The columns that are named, in catalog order.</summary>
    /// <exception cref="LoyaltyException"><c>ColumnUnknown</c>: Master has no column of a name.</exception>
    public static IReadOnlyList<CatalogColumn> Choose(CatalogTable master, IReadOnlyList<string> patterns)
    {
        Require(master, patterns);
        return [.. master.Columns.Where(column => patterns.Any(pattern => IsMatch(pattern, column)))];
    }

    /// <summary>The columns that are named, in the order in which they are.</summary>
    /// <exception cref="LoyaltyException"><c>ColumnUnknown</c>: Master has no column of a name.</exception>
    public static IReadOnlyList<CatalogColumn> ChooseInOrder(CatalogTable master, IReadOnlyList<string> patterns)
    {
        Require(master, patterns);
        return [.. patterns.SelectMany(pattern => master.Columns.Where(column => IsMatch(pattern, column))).Distinct()];
    }

    /// <summary>The error of a name that Master has no column of.</summary>
    public static LoyaltyException Unknown(CatalogTable master, string name) =>
        LoyaltyErrors.ColumnUnknown.Because(
            $"Master has no column {name}; it has {SqlText.List(master.Columns.Select(column => column.Name))}.", name);

    private static void Require(CatalogTable master, IReadOnlyList<string> patterns)
    {
        if (patterns.FirstOrDefault(pattern => !Matches(pattern, master)) is { } unknown)
            throw Unknown(master, unknown);
    }

    private static bool IsMatch(string pattern, CatalogColumn column) => NamePattern.Fits(pattern, column.Name);
}
