using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Tests.Catalog;

/// <summary>Writes a table of the catalog in the short form of the design, as <see cref="Truth.SourceDefinitions"/> has it.</summary>
internal static class CatalogText
{
    public static string Describe(CatalogTable table)
    {
        var marks = new List<string> { $"key={string.Join(',', table.Key.Select(column => column.Name))}" };
        if (table.EventTime is { } eventTime)
            marks.Add($"event={eventTime.Name}");
        if (table.CountedBy != table.EventTime)
            marks.Add($"counted={table.CountedBy?.Name ?? "none"}");
        if (table.Required)
            marks.Add("required");
        return $"{table.Name} {string.Join(' ', marks)}: {Columns(table.Columns)}";
    }

    public static string Columns(IEnumerable<CatalogColumn> columns) => string.Join("; ", columns.Select(Describe));

    private static string Describe(CatalogColumn column)
    {
        var words = new List<string> { column.Name, column.Type.ToString() };
        if (column.Nullable)
            words.Add("null");
        if (column.SmallerWins)
            words.Add("smaller_wins");
        if (column.Accepted.Count > 0)
            words.Add($"in={string.Join(',', column.Accepted)}");
        if (column.Minimum is { } minimum)
            words.Add($"min={minimum}");
        if (column.Maximum is { } maximum)
            words.Add($"max={maximum}");
        if (column.NotBelow is { } other)
            words.Add($"not_below={other}");
        if (column.References is { } reference)
            words.Add($"{(column.RejectOrphans ? "of" : "to")}={reference.Table.Table}");
        if (column.PersonalData != PersonalData.None)
            words.Add($"pii={column.PersonalData.ToString().ToLowerInvariant()}");
        return string.Join(' ', words);
    }
}
