using System.Text.Json;
using CommonTables = System.Collections.Generic.Dictionary<string, System.Collections.Generic.IReadOnlyList<LoyaltyPipeline.Core.Queries.ResultColumn>?>;

namespace LoyaltyPipeline.Core.Queries;

/// <summary>Follows the columns of a query's result to those of the tables.</summary>
/// <param name="stored">The columns of a table; null where they are not known.</param>
/// <param name="untold">The personal data that may be in what cannot be followed; null for none.</param>
internal sealed class QueryLineage(Func<TableReference, IReadOnlyList<ResultColumn>?> stored, string? untold)
{
    /// <summary>The columns of a result.</summary>
    public ResultOrigins Of(QueryTree tree) =>
        new(ColumnsOf(tree.Root, new CommonTables(StringComparer.OrdinalIgnoreCase), outer: null), untold);

    private IReadOnlyList<ResultColumn>? ColumnsOf(JsonElement node, CommonTables common, Scope? outer)
    {
        common = new CommonTables(common, StringComparer.OrdinalIgnoreCase);
        foreach (var entry in node.Find("cte_map")?.ItemsOf("map") ?? [])
            common[entry.TextOf("key")!] = Renamed(
                ColumnsOf(entry.GetProperty("value").GetProperty("query").GetProperty("node"), common, outer),
                entry.GetProperty("value").ItemsOf("aliases"));
        return node.TextOf("type") switch
        {
            "SELECT_NODE" => Selected(node, new Scope([.. RelationsOf(node.GetProperty("from_table"), common, outer)], common, outer)),
            "SET_OPERATION_NODE" when node.Find("left") is { } left && node.Find("right") is { } right
                && node.TextOf("setop_type") is not "UNION_BY_NAME" =>
                Both(ColumnsOf(left, common, outer), ColumnsOf(right, common, outer)),
            _ => null,
        };
    }

    private static IReadOnlyList<ResultColumn>? Both(IReadOnlyList<ResultColumn>? left, IReadOnlyList<ResultColumn>? right) =>
        left?.Count == right?.Count
            ? left?.Zip(
                right!,
                (one, other) => one with { IsKey = one.IsKey && other.IsKey, PersonalFrom = one.PersonalFrom ?? other.PersonalFrom })
                .ToList()
            : null;

    private static IReadOnlyList<ResultColumn>? Renamed(IReadOnlyList<ResultColumn>? columns, IEnumerable<JsonElement> names)
    {
        var given = names.Select(name => name.GetString()!).ToList();
        return columns?.Select((column, index) => index < given.Count ? column with { Name = given[index] } : column).ToList();
    }

    private IEnumerable<Relation> RelationsOf(JsonElement from, CommonTables common, Scope? outer)
    {
        switch (from.TextOf("type"))
        {
            case "EMPTY":
                return [];
            case "JOIN":
                return RelationsOf(from.GetProperty("left"), common, outer).Concat(RelationsOf(from.GetProperty("right"), common, outer));
            case "SUBQUERY":
                return [new Relation(
                    from.TextOf("alias") ?? string.Empty,
                    Renamed(ColumnsOf(from.GetProperty("subquery").GetProperty("node"), common, outer), from.ItemsOf("column_name_alias")))];
            case "BASE_TABLE":
                var table = QueryTree.ReferenceOf(from);
                return [new Relation(
                    from.TextOf("alias") ?? table.Table,
                    Renamed(
                        table.Schema is null && common.TryGetValue(table.Table, out var known) ? known : stored(table),
                        from.ItemsOf("column_name_alias")))];
            default:
                return [new Relation(from.TextOf("alias") ?? string.Empty, Columns: null)];
        }
    }

    private IReadOnlyList<ResultColumn>? Selected(JsonElement select, Scope scope)
    {
        var columns = new List<ResultColumn>();
        foreach (var item in select.ItemsOf("select_list"))
        {
            if (item.TextOf("class") != "STAR")
                columns.Add(OriginOf(item, scope) with
                {
                    Name = item.TextOf("alias") ?? item.ItemsOf("column_names").Select(name => name.GetString()!).LastOrDefault(string.Empty),
                });
            else if (Starred(item, scope) is { } all)
                columns.AddRange(all);
            else
                return null;
        }

        return columns;
    }

    // Not where it picks, leaves out or replaces columns.
    private static List<ResultColumn>? Starred(JsonElement star, Scope scope)
    {
        if (star.EnumerateObject().Any(part => part.Name is not ("class" or "type" or "columns" or "relation_name" or "query_location"))
            || star.GetProperty("columns").GetBoolean())
            return null;
        var meant = scope.Relations
            .Where(
                relation => star.TextOf("relation_name") is not { } name
                    || string.Equals(relation.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        return meant.TrueForAll(relation => relation.Columns is not null) ? [.. meant.SelectMany(relation => relation.Columns!)] : null;
    }

    private ResultColumn OriginOf(JsonElement expression, Scope scope) => expression.TextOf("class") switch
    {
        "COLUMN_REF" => Stored([.. expression.ItemsOf("column_names").Select(name => name.GetString()!)], scope),
        "SUBQUERY" => Subquery(expression, scope),
        "STAR" or "POSITIONAL_REFERENCE" => Untold,
        _ => new ResultColumn(
            string.Empty, IsKey: false, expression.Below().Select(below => PersonalIn(below, scope)).FirstOrDefault(from => from is not null)),
    };

    private ResultColumn Untold => new(string.Empty, IsKey: false, untold);

    // What it is compared with is of its value too, where it only says whether something is there.
    private ResultColumn Subquery(JsonElement expression, Scope scope)
    {
        if (expression.Find("subquery")?.Find("node") is not { } node || ColumnsOf(node, scope.Common, scope) is not { } columns)
            return Untold;
        var personal = columns.Select(column => column.PersonalFrom)
            .Append(expression.Find("child") is { } compared ? PersonalIn(compared, scope) : null);
        return new ResultColumn(string.Empty, IsKey: false, personal.FirstOrDefault(from => from is not null));
    }

    private string? PersonalIn(JsonElement part, Scope scope) =>
        part.TextOf("class") is not null
            ? OriginOf(part, scope).PersonalFrom
            : part.Below().Select(below => PersonalIn(below, scope)).FirstOrDefault(from => from is not null);

    private ResultColumn Stored(string[] names, Scope scope)
    {
        for (var level = scope; level is not null; level = level.Outer)
        {
            var meant = level.Relations
                .Where(relation => names.Length == 1 || string.Equals(relation.Name, names[^2], StringComparison.OrdinalIgnoreCase)).ToList();
            if (meant.Exists(relation => relation.Columns is null))
                return Untold;
            var found = meant.SelectMany(relation => relation.Columns!)
                .Where(column => string.Equals(column.Name, names[^1], StringComparison.OrdinalIgnoreCase)).ToList();
            if (found.Count > 0)
                return new ResultColumn(
                    string.Empty, found.TrueForAll(column => column.IsKey), found.Find(column => column.IsPersonal)?.PersonalFrom);
        }

        return Untold;
    }

    // What stands behind FROM; without columns where they are not known.
    private sealed record Relation(string Name, IReadOnlyList<ResultColumn>? Columns);

    // What the names of an expression can mean; of a subquery also those of the query round it.
    private sealed record Scope(IReadOnlyList<Relation> Relations, CommonTables Common, Scope? Outer);
}
