using System.Text.Json;

namespace LoyaltyPipeline.Core.Queries;

/// <summary>
/// The tree of a SELECT, as the engine's parser gives it. Each kind of node in it is known to do nothing but read tables and reckon; one
/// that is not known is refused, so that what a later engine can do more is not let in unseen.
/// </summary>
internal sealed class QueryTree
{
    private static readonly HashSet<string> TableFunctions = new(StringComparer.OrdinalIgnoreCase) { "range", "generate_series", "unnest" };

    // They act, wait, or tell of what is no table: settings, variables, what another text would read.
    private static readonly HashSet<string> RefusedFunctions = new(StringComparer.OrdinalIgnoreCase)
    {
        "nextval", "currval", "setseed", "write_log", "sleep_ms", "pg_sleep", "current_setting", "getvariable", "getenv",
        "json_serialize_plan",
    };

    private static readonly HashSet<string> Expressions = new(StringComparer.Ordinal)
    {
        "BETWEEN", "CASE", "CAST", "COLLATE", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT", "FUNCTION", "LAMBDA", "LAMBDA_REF",
        "OPERATOR", "POSITIONAL_REFERENCE", "STAR", "SUBQUERY", "TYPE", "WINDOW",
    };

    private static readonly HashSet<string> Others = new(StringComparer.Ordinal)
    {
        "SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE",
        "BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST", "EMPTY", "PIVOT",
        "ORDER_MODIFIER", "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "DISTINCT_MODIFIER", "ORDER_DEFAULT", "ASCENDING", "DESCENDING",
    };

    private readonly List<TableReference> _tables = [];
    private readonly List<JsonElement> _tableNodes = [];
    private readonly List<string> _parameters = [];
    private readonly bool _takesParameters;

    private QueryTree(JsonElement root, bool takesParameters) => (Root, _takesParameters) = (root, takesParameters);

    /// <summary>The query.</summary>
    public JsonElement Root { get; }

    /// <summary>The tables that it reads.</summary>
    public IReadOnlyList<TableReference> Tables => _tables;

    /// <summary>What it calls its parameters, once for each place.</summary>
    public IReadOnlyList<string> Parameters => _parameters;

    /// <summary>Looks through a tree.</summary>
    /// <param name="takesParameters">Whether it may have parameters.</param>
    /// <exception cref="QueryRefusedException">It does more than read tables.</exception>
    public static QueryTree Read(JsonElement root, bool takesParameters = false)
    {
        var tree = new QueryTree(root, takesParameters);
        tree.Visit(root, []);
        return tree;
    }

    /// <summary>Whether a column of one of these names may be read: a star may stand for any, and a number for one of them.</summary>
    public bool Touches(IReadOnlySet<string> columns) => Root.AndBelow()
        .Any(
            part => part.TextOf("class") is "STAR" or "POSITIONAL_REFERENCE"
                || part.ItemsOf("column_names").Any(name => columns.Contains(name.GetString()!)));

    /// <summary>The table that a part of a tree names.</summary>
    /// <param name="table">A part of the type BASE_TABLE.</param>
    public static TableReference ReferenceOf(JsonElement table) =>
        new(table.TextOf("catalog_name"), table.TextOf("schema_name"), table.TextOf("table_name") ?? string.Empty);

    /// <summary>Where the query names tables, and columns with their table before them.</summary>
    /// <param name="text">The query.</param>
    public IEnumerable<TablePlace> PlacesIn(string text)
    {
        foreach (var node in _tableNodes)
        {
            var table = ReferenceOf(node);
            yield return new TablePlace(
                [.. new[] { table.Database, table.Schema, table.Table }.OfType<string>()], StartOf(node, text), IsColumn: false,
                HasAlias: node.TextOf("alias") is not null);
        }

        foreach (var column in Root.AndBelow().Where(part => part.TextOf("class") == "COLUMN_REF"))
        {
            string[] names = [.. column.ItemsOf("column_names").Select(name => name.GetString()!)];
            if (names.Length is 3 or 4)
                yield return new TablePlace(names, StartOf(column, text), IsColumn: true, HasAlias: false);
        }
    }

    private static int StartOf(JsonElement node, string text) =>
        node.Find("query_location") is { } location && location.TryGetInt32(out var bytes) ? TextPlace.OfBytes(text, bytes) : text.Length;

    // The names of WITH hide tables, each from the query after it on: what is not hidden is a table.
    private void Visit(JsonElement element, HashSet<string> hidden)
    {
        if (element.ValueKind == JsonValueKind.Object)
            hidden = VisitNode(element, hidden);
        foreach (var below in element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().Where(part => part.Name != "cte_map").Select(part => part.Value)
            : element.Below())
            Visit(below, hidden);
    }

    private HashSet<string> VisitNode(JsonElement node, HashSet<string> hidden)
    {
        var (kind, type) = (node.TextOf("class"), node.TextOf("type"));
        if (kind == "PARAMETER" && _takesParameters)
            _parameters.Add(node.TextOf("identifier") ?? string.Empty);
        else if (kind is not null
            ? !Expressions.Contains(kind)
            : type is not null && !Others.Contains(type) && !type.EndsWith("_TYPE_INFO", StringComparison.Ordinal))
            throw new QueryRefusedException(
                kind == "PARAMETER"
                    ? "it has a parameter"
                    : type == "SHOW_REF" ? "it asks for lists of the engine" : $"it uses {kind ?? type}, which is not known to only read");
        if ((node.TextOf("function_name") ?? node.ItemsOf("column_names").LastOrDefault().ToString()) is { } name
            && (RefusedFunctions.Contains(name) || name.StartsWith("SYSTEM$", StringComparison.OrdinalIgnoreCase)))
            throw new QueryRefusedException($"{name} does not only read tables");
        switch (type)
        {
            case "TABLE_FUNCTION" when node.Find("function")?.TextOf("function_name") is { } rows && !TableFunctions.Contains(rows):
                throw new QueryRefusedException(
                    $"it reads from {rows}, and of functions that yield rows only {string.Join(", ", TableFunctions)} are let in");
            case "BASE_TABLE" when ReferenceOf(node) is var table && (table.Schema is not null || !hidden.Contains(table.Table)):
                _tables.Add(table);
                _tableNodes.Add(node);
                break;
            default:
                break;
        }

        return VisitCommonTables(node, hidden);
    }

    private HashSet<string> VisitCommonTables(JsonElement node, HashSet<string> hidden)
    {
        foreach (var entry in node.Find("cte_map")?.ItemsOf("map") ?? [])
        {
            var (name, content) = (entry.TextOf("key")!, entry.GetProperty("value"));
            var isRecursive = content.Find("query")?.Find("node")?.TextOf("type") == "RECURSIVE_CTE_NODE";
            HashSet<string> known = new([.. hidden, name], StringComparer.OrdinalIgnoreCase);
            Visit(content, isRecursive ? known : hidden);
            hidden = known;
        }

        return hidden;
    }
}
