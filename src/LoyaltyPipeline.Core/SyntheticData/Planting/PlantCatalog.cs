using LoyaltyPipeline.Core.Quarantine;

namespace LoyaltyPipeline.Core.SyntheticData.Planting;

/// <summary>Derives from a table's columns every way in which a row of it can be bad.</summary>
internal static class PlantCatalog
{
    private const long FirstOrphanUserId = 9_000_000_000;

    public static IReadOnlyList<Plant> For(SyntheticTable table, bool acceptsRawText)
    {
        var columns = table.Columns.Index().ToArray();
        var plants = new List<Plant>();
        foreach (var (index, column) in columns)
            plants.AddRange(ForColumn(index, column));
        foreach (var (index, column) in columns.Where(entry => entry.Item.NotAbove is not null))
            plants.Add(Above(index, table.IndexOf(column.NotAbove!)));
        if (table != SyntheticTables.UserProfile && table.IndexOf(SyntheticTables.UserId) is >= 0 and var userId)
            plants.Add(Orphan(userId));
        plants.AddRange(Duplicates(table));
        if (acceptsRawText)
            plants.AddRange(columns.SelectMany(entry => NoValuesOf(entry.Item.Type).Select(text => NoValue(entry.Index, text))));
        // One of each rule comes first: a small table has no room for every way to break each.
        return [.. plants.GroupBy(plant => plant.Rule, StringComparer.Ordinal).SelectMany(rule => rule.Index())
            .OrderBy(plant => plant.Index)
            .Select(plant => plant.Item)];
    }

    private static IEnumerable<Plant> ForColumn(int index, SyntheticColumn column)
    {
        if (column.IsKey)
            yield return Replace(RejectionRule.NullKey, index, _ => Cell.Null);
        else if (!column.IsNullable)
            yield return Replace(RejectionRule.NotNull, index, _ => Cell.Null);

        if (column.Accepted.Count > 0)
        {
            yield return Replace(RejectionRule.AcceptedValues, index, _ => Cell.Of("unheard-of"));
            yield return Replace(RejectionRule.AcceptedValues, index, cell => Cell.Of(cell.Text.ToUpperInvariant()));
        }

        var step = column.Type == SyntheticColumnType.Decimal ? 0.01m : 1m;
        if (column.Minimum is { } minimum)
            yield return Replace(RejectionRule.Range, index, _ => Number(column, minimum - step));
        if (column.Maximum is { } maximum)
            yield return Replace(RejectionRule.Range, index, _ => Number(column, maximum + step));
    }

    private static Cell Number(SyntheticColumn column, decimal value) =>
        column.Type == SyntheticColumnType.Decimal ? Cell.Of(value) : Cell.Of((int)value);

    private static Plant Above(int low, int high) => new(RejectionRule.Range, KeepsKey: false, row =>
        row.Cells[low] = Cell.Of(row.Cells[high].Amount + 0.01m));

    private static Plant Orphan(int index) => new(RejectionRule.Orphan, KeepsKey: false, row =>
        row.Cells[index] = Cell.Of(FirstOrphanUserId + row.Serial));

    private static Plant NoValue(int index, Func<int, string> text) => new(RejectionRule.Type, KeepsKey: false, row =>
        row.Cells[index] = Cell.Raw(text(row.Serial)));

    private static Plant Replace(string rule, int index, Func<Cell, Cell> replace) =>
        new(rule, KeepsKey: false, row => row.Cells[index] = replace(row.Cells[index]));

    /// <summary>The same row again, an older one, a newer one, and one of the same time that differs elsewhere.</summary>
    private static IEnumerable<Plant> Duplicates(SyntheticTable table)
    {
        yield return new Plant(RejectionRule.Duplicate, KeepsKey: true, _ => { });
        yield return new Plant(RejectionRule.Duplicate, KeepsKey: true, TieBreak.ChangeOneValue);

        var eventTime = table.Columns.Index().Where(entry => entry.Item is { IsEventTime: true, IsKey: false }).ToArray();
        if (eventTime.Length == 0)
            yield break;
        yield return new Plant(RejectionRule.Duplicate, KeepsKey: true, row => MoveInTime(row, eventTime[0].Index, -1));
        yield return new Plant(RejectionRule.Duplicate, KeepsKey: true, row => MoveInTime(row, eventTime[0].Index, +1));
    }

    /// <summary>By less than half a minute: still the same day, and still after the sign-up.</summary>
    private static void MoveInTime(PlantedRow row, int index, int direction)
    {
        var seconds = direction * (1 + (row.Serial % 29));
        row.Cells[index] = Cell.Of(new DateTime(row.Cells[index].Number, DateTimeKind.Unspecified).AddSeconds(seconds));
    }

    /// <summary>Where a key may have the type, the texts are made different, so that no two rows share an unreadable key.</summary>
    private static Func<int, string>[] NoValuesOf(SyntheticColumnType type) => type switch
    {
        SyntheticColumnType.BigInt => [serial => $"abc{serial}", serial => $"12x{serial}"],
        SyntheticColumnType.Integer => [_ => "1.5", _ => "many"],
        SyntheticColumnType.Decimal => [_ => "abc", _ => "12.3.4"],
        SyntheticColumnType.Boolean => [_ => "maybe"],
        SyntheticColumnType.Date => [serial => $"19{serial % 100:00}-13-01", serial => $"30.02.20{serial % 100:00}"],
        SyntheticColumnType.Timestamp => [_ => "2026-02-30 10:00:00", _ => "noon"],
        _ => [],
    };
}
