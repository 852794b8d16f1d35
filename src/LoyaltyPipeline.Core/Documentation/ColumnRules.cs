using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Documentation;

/// <summary>Says the rules of a column in words.</summary>
internal static class ColumnRules
{
    /// <summary>For example <c>may be NULL; 1 to 5</c>; empty where any value will do.</summary>
    public static string Of(CatalogColumn column) => string.Join("; ", All(column));

    private static IEnumerable<string> All(CatalogColumn column)
    {
        if (column.Nullable)
            yield return "may be NULL";
        if (column.Accepted.Count > 0)
            yield return $"one of {string.Join(", ", column.Accepted)}";
        if (Range(column) is { } range)
            yield return range;
        if (column.NotBelow is { } other)
            yield return $"not below {other}";
        if (column.References is { } reference)
            yield return $"found in {reference}{(column.RejectOrphans ? ", or the row is quarantined" : string.Empty)}";
    }

    private static string? Range(CatalogColumn column) => (column.Minimum, column.Maximum) switch
    {
        ({ } least, { } most) => $"{least} to {most}",
        ({ } least, null) => $"at least {least}",
        (null, { } most) => $"at most {most}",
        _ => null,
    };
}
