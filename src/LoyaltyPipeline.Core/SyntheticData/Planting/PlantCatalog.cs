using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.SyntheticData.Cells;
using LoyaltyPipeline.Core.SyntheticData.Declared;

namespace LoyaltyPipeline.Core.SyntheticData.Planting;

/// <summary>Derives from a table's columns every way in which a row of it can be bad.</summary>
internal static class PlantCatalog
{
    private const long FirstOrphanUserId = 9_000_000_000;

    public static IReadOnlyList<Plant> For(CatalogTable table, bool acceptsRawText)
    {
        var columns = table.Columns.Index().ToArray();
        var plants = new List<Plant>();
        foreach (var (index, column) in columns)
            plants.AddRange(ForColumn(index, column, table.Key.Contains(column)));
        foreach (var (index, column) in columns.Where(entry => entry.Item.NotBelow is not null))
            plants.AddRange(Above(table, columns.First(other => other.Item.Name == column.NotBelow).Index, index));
        plants.AddRange(columns.Where(entry => entry.Item == table.OrphanColumn).Select(entry => Orphan(entry.Index)));
        plants.AddRange(Duplicates(table));
        if (acceptsRawText)
            plants.AddRange(
                columns.SelectMany(
                    entry => NoValuesOf(entry.Item, table.Key.Contains(entry.Item)), (entry, text) => NoValue(entry.Index, text)));
        // One of each rule comes first: a small table has no room for every way to break each.
        return [.. plants.Where(plant => IsAlone(plant, table)).GroupBy(plant => plant.Rule, StringComparer.Ordinal)
            .SelectMany(rule => rule.Index())
            .OrderBy(plant => plant.Index)
            .Select(plant => plant.Item)];
    }

    /// <summary>Whether a bad row takes no good one with it: where no other key is to be had, it would have that of a good one.</summary>
    private static bool IsAlone(Plant plant, CatalogTable table) =>
        plant.KeepsKey || PlantedRow.FreshColumn(table) is not null || plant.Rule is RejectionRule.NullKey or RejectionRule.Orphan;

    private static IEnumerable<Plant> ForColumn(int index, CatalogColumn column, bool isKey)
    {
        if (isKey)
            yield return Replace(RejectionRule.NullKey, index, _ => Cell.Null);
        else if (!column.Nullable)
            yield return Replace(RejectionRule.NotNull, index, _ => Cell.Null);

        if (column.Accepted.Count > 0)
        {
            yield return Replace(RejectionRule.AcceptedValues, index, _ => Cell.Of("unheard-of"));
            if (column.Accepted.All(value => !column.Accepted.Contains(value.ToUpperInvariant(), StringComparer.Ordinal)))
                yield return Replace(
                    RejectionRule.AcceptedValues, index,
                    cell => Cell.Of((cell.Kind == CellKind.Null ? column.Accepted[0] : cell.Text).ToUpperInvariant()));
        }

        if (!column.Type.IsNumeric)
            yield break;
        var range = NumberRange.Of(column.Type);
        foreach (var outside in new[] { column.Minimum - range.Step, column.Maximum + range.Step }.OfType<decimal>().Where(range.Has))
            yield return Replace(RejectionRule.Range, index, _ => Cell.Of(column.Type, outside));
    }

    /// <summary>What is not to be above another column of the row lies above it.</summary>
    private static IEnumerable<Plant> Above(CatalogTable table, int low, int high)
    {
        var type = table.Columns[low].Type;
        if (type.IsNumeric)
            yield return new Plant(RejectionRule.Range, KeepsKey: false, row =>
            {
                var range = NumberRange.Of(type);
                if (row.Cells[high].Kind == CellKind.Null || row.Cells[high].Value >= range.Highest)
                    row.Cells[high] = Cell.Of(type, range.Lowest);
                row.Cells[low] = row.Cells[high].Next(type);
            });
        else if (type.IsTime && !table.Columns[high].Nullable)
            yield return new Plant(RejectionRule.Range, KeepsKey: false, row => row.Cells[low] = row.Cells[high].Next(type));
    }

    private static Plant Orphan(int index) => new(RejectionRule.Orphan, KeepsKey: false, row =>
        row.Cells[index] = Cell.Of(FirstOrphanUserId + row.Serial));

    private static Plant NoValue(int index, Func<int, string> text) => new(RejectionRule.Type, KeepsKey: false, row =>
        row.Cells[index] = Cell.Raw(text(row.Serial)));

    private static Plant Replace(string rule, int index, Func<Cell, Cell> replace) =>
        new(rule, KeepsKey: false, row => row.Cells[index] = replace(row.Cells[index]));

    /// <summary>The same row again, an older one, a newer one, and one of the same time that differs elsewhere.</summary>
    private static IEnumerable<Plant> Duplicates(CatalogTable table)
    {
        yield return new Plant(RejectionRule.Duplicate, KeepsKey: true, _ => { });
        yield return new Plant(RejectionRule.Duplicate, KeepsKey: true, TieBreak.ChangeOneValue);

        if (table.EventTime is not { Type.DataType: DataType.Timestamp } time || table.Key.Contains(time))
            yield break;
        var index = table.Columns.Index().First(entry => entry.Item == time).Index;
        yield return new Plant(RejectionRule.Duplicate, KeepsKey: true, row => MoveInTime(row, index, -1));
        yield return new Plant(RejectionRule.Duplicate, KeepsKey: true, row => MoveInTime(row, index, +1));
    }

    /// <summary>By less than half a minute: still the same day, and still after the sign-up.</summary>
    private static void MoveInTime(PlantedRow row, int index, int direction)
    {
        var seconds = direction * (1 + (row.Serial % 29));
        row.Cells[index] = Cell.Of(new DateTime(row.Cells[index].Number, DateTimeKind.Unspecified).AddSeconds(seconds));
    }

    /// <summary>In a key the texts are made different, so that no two rows share an unreadable key.</summary>
    private static IEnumerable<Func<int, string>> NoValuesOf(CatalogColumn column, bool isKey)
    {
        Func<int, string>[] texts = column.Type.DataType switch
        {
            DataType.BigInt => [serial => $"abc{serial}", serial => $"12x{serial}"],
            DataType.Integer => [_ => "1.5", _ => "many"],
            DataType.Decimal => [_ => "abc", _ => "12.3.4"],
            DataType.Boolean => [_ => "maybe"],
            DataType.Date => [serial => $"19{serial % 100:00}-13-01", serial => $"30.02.20{serial % 100:00}"],
            DataType.Timestamp => [_ => "2026-02-30 10:00:00", _ => "noon"],
            _ => [],
        };
        return isKey && column.Type.DataType is not (DataType.BigInt or DataType.Date)
            ? texts.Select(text => (Func<int, string>)(serial => $"{text(serial)}x{serial}"))
            : texts;
    }
}
