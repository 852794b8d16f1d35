using System.Text.Json;
using LoyaltyPipeline.Core.Catalog;
using CommonTables = System.Collections.Generic.Dictionary<string, System.Collections.Generic.IReadOnlyList<LoyaltyPipeline.Core.Queries.ResultColumn>?>;

namespace LoyaltyPipeline.Core.Queries;

/// <summary>
/// Follows the columns of a query's result to those of the tables. What it cannot follow counts as changed, and as personal data where the
/// query touches any.
/// </summary>
/// <param name="catalog">The catalog, which knows keys and personal data.</param>
/// <param name="locate">Where a table of the catalog is.</param>
/// <param name="tables">The tables within reach.</param>
internal sealed class QueryLineage(LoyaltyCatalog catalog, Func<TableName, string> locate, TablesInReach tables)
{
    private readonly HashSet<string> _personal = new(
        catalog.Tables.SelectMany(table => table.Columns).Where(column => column.PersonalData != PersonalData.None)
            .Select(column => column.Name), StringComparer.OrdinalIgnoreCase);
    private bool _mayBePersonal;

    /// <summary>The columns of a result.</summary>
    public ResultOrigins Of(QueryTree tree)
    {
        // A star may stand for any column, and a number of a column for one of them.
        _mayBePersonal = tree.Root.AndBelow()
            .Any(
                part => part.TextOf("class") is "STAR" or "POSITIONAL_REFERENCE"
                    || part.ItemsOf("column_names").Any(name => _personal.Contains(name.GetString()!)));
        return new ResultOrigins(ColumnsOf(tree.Root, new CommonTables(StringComparer.OrdinalIgnoreCase)), _mayBePersonal);
    }

    private IReadOnlyList<ResultColumn>? ColumnsOf(JsonElement node, CommonTables common)
    {
        common = new CommonTables(common, StringComparer.OrdinalIgnoreCase);
        foreach (var entry in node.Find("cte_map")?.ItemsOf("map") ?? [])
            common[entry.TextOf("key")!] = Renamed(
                ColumnsOf(entry.GetProperty("value").GetProperty("query").GetProperty("node"), common),
                entry.GetProperty("value").ItemsOf("aliases"));
        return node.TextOf("type") switch
        {
            "SELECT_NODE" => Selected(node, [.. RelationsOf(node.GetProperty("from_table"), common)]),
            "SET_OPERATION_NODE" when node.Find("left") is { } left && node.Find("right") is { } right
                && node.TextOf("setop_type") is not "UNION_BY_NAME" => Both(ColumnsOf(left, common), ColumnsOf(right, common)),
            _ => null,
        };
    }

    private static IReadOnlyList<ResultColumn>? Both(IReadOnlyList<ResultColumn>? left, IReadOnlyList<ResultColumn>? right) =>
        left?.Count == right?.Count
            ? left?.Zip(
                right!,
                (one, other) => one with { IsKey = one.IsKey && other.IsKey, IsPersonal = one.IsPersonal || other.IsPersonal }).ToList()
            : null;

    private static IReadOnlyList<ResultColumn>? Renamed(IReadOnlyList<ResultColumn>? columns, IEnumerable<JsonElement> names)
    {
        var given = names.Select(name => name.GetString()!).ToList();
        return columns?.Select((column, index) => index < given.Count ? column with { Name = given[index] } : column).ToList();
    }

    private IEnumerable<Relation> RelationsOf(JsonElement from, CommonTables common)
    {
        switch (from.TextOf("type"))
        {
            case "EMPTY":
                return [];
            case "JOIN":
                return RelationsOf(from.GetProperty("left"), common).Concat(RelationsOf(from.GetProperty("right"), common));
            case "SUBQUERY":
                return [new Relation(
                    from.TextOf("alias") ?? string.Empty,
                    Renamed(ColumnsOf(from.GetProperty("subquery").GetProperty("node"), common), from.ItemsOf("column_name_alias")))];
            case "BASE_TABLE":
                var table = QueryTree.ReferenceOf(from);
                return [new Relation(
                    from.TextOf("alias") ?? table.Table,
                    Renamed(
                        table.Schema is null && common.TryGetValue(table.Table, out var known) ? known : StoredColumns(table),
                        from.ItemsOf("column_name_alias")))];
            default:
                return [new Relation(from.TextOf("alias") ?? string.Empty, Columns: null)];
        }
    }

    private IReadOnlyList<ResultColumn>? StoredColumns(TableReference reference)
    {
        if (tables.Find(reference) is not { } name)
            return null;
        var table = catalog.Tables.FirstOrDefault(one => string.Equals(locate(one.Name), name, StringComparison.OrdinalIgnoreCase));
        return [.. tables.ShapeOf(name).Columns.Keys
            .Select(
                column => new ResultColumn(
                    column, table?.Key.Any(key => key.Name == column && key.PersonalData == PersonalData.None) == true,
                    _personal.Contains(column)))];
    }

    private IReadOnlyList<ResultColumn>? Selected(JsonElement select, List<Relation> relations)
    {
        var columns = new List<ResultColumn>();
        foreach (var item in select.ItemsOf("select_list"))
        {
            if (item.TextOf("class") != "STAR")
                columns.Add(OriginOf(item, relations) with
                {
                    Name = item.TextOf("alias") ?? item.ItemsOf("column_names").Select(name => name.GetString()!).LastOrDefault(string.Empty),
                });
            else if (Starred(item, relations) is { } all)
                columns.AddRange(all);
            else
                return null;
        }

        return columns;
    }

    // Not where it picks, leaves out or replaces columns.
    private static List<ResultColumn>? Starred(JsonElement star, List<Relation> relations)
    {
        if (star.EnumerateObject().Any(part => part.Name is not ("class" or "type" or "columns" or "relation_name" or "query_location"))
            || star.GetProperty("columns").GetBoolean())
            return null;
        var meant = relations
            .Where(
                relation => star.TextOf("relation_name") is not { } name
                    || string.Equals(relation.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        return meant.TrueForAll(relation => relation.Columns is not null) ? [.. meant.SelectMany(relation => relation.Columns!)] : null;
    }

    private ResultColumn OriginOf(JsonElement expression, List<Relation> relations) => expression.TextOf("class") switch
    {
        "COLUMN_REF" => Stored([.. expression.ItemsOf("column_names").Select(name => name.GetString()!)], relations),
        "SUBQUERY" or "STAR" or "POSITIONAL_REFERENCE" => new ResultColumn(string.Empty, IsKey: false, _mayBePersonal),
        _ => new ResultColumn(string.Empty, IsKey: false, expression.Below().Any(below => HasPersonal(below, relations))),
    };

    private bool HasPersonal(JsonElement part, List<Relation> relations) =>
        part.TextOf("class") is not null ? OriginOf(part, relations).IsPersonal : part.Below().Any(below => HasPersonal(below, relations));

    private ResultColumn Stored(string[] names, List<Relation> relations)
    {
        var meant = relations
            .Where(relation => names.Length == 1 || string.Equals(relation.Name, names[^2], StringComparison.OrdinalIgnoreCase)).ToList();
        var found = meant.SelectMany(relation => relation.Columns ?? [])
            .Where(column => string.Equals(column.Name, names[^1], StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count > 0 && meant.TrueForAll(relation => relation.Columns is not null)
            ? new ResultColumn(string.Empty, found.TrueForAll(column => column.IsKey), found.Exists(column => column.IsPersonal))
            : new ResultColumn(string.Empty, IsKey: false, _mayBePersonal);
    }

    // What stands behind FROM; without columns where they are not known.
    private sealed record Relation(string Name, IReadOnlyList<ResultColumn>? Columns);
}
