using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>SHOW of tables, views, schemas, databases, parameters and locks.</summary>
/// <param name="kind">Which of them.</param>
/// <param name="like">The pattern of their names; null for all.</param>
/// <param name="scope">Where they are, as IN says; empty for what is current.</param>
internal sealed class ShowStatement(string kind, string? like, IReadOnlyList<string> scope) : IStatement
{
    public StatementType Type => StatementType.Show;

    /// <summary>Reads what follows SHOW.</summary>
    public static ShowStatement Parse(TokenReader reader)
    {
        reader.TryTakeOneOf("TERSE");
        var kind = reader.Take();
        if (!kind.Is("TABLES", "VIEWS", "SCHEMAS", "DATABASES", "PARAMETERS", "LOCKS"))
            throw SnowflakeError.Unexpected(kind);
        var like = reader.TryTake("LIKE") ? reader.Take().Value : null;
        List<string> scope = [];
        if (reader.TryTake("IN"))
        {
            var isAccount = reader.TryTakeOneOf("ACCOUNT", "SESSION") is not null;
            reader.TryTakeOneOf("SCHEMA", "DATABASE");
            scope = isAccount ? [] : reader.TakeName();
        }

        reader.ExpectEnd();
        return new ShowStatement(kind.Value, like, scope);
    }

    public ResultSet Execute(StatementContext context) => kind switch
    {
        "PARAMETERS" => Filter(
            [ResultColumn.Text("key"), ResultColumn.Text("value")],
            context.Session.Parameters.All.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new object?[] { pair.Key, pair.Value }), 0),
        "LOCKS" => Filter(
            [ResultColumn.Text("resource"), ResultColumn.Count("session")],
            context.Engine.Locks.Held().Select(held => new object?[] { held.Table.ToString(), held.Session }), 0),
        "DATABASES" => Filter(
            [ResultColumn.Text("name")],
            Schemas(context).Where(name => name.EndsWith(".INFORMATION_SCHEMA", StringComparison.Ordinal))
                .Select(name => new object?[] { name.Split('.')[0] }), 0),
        "SCHEMAS" => Filter(
            [ResultColumn.Text("name"), ResultColumn.Text("database_name")],
            Schemas(context).Select(name => name.Split('.'))
                .Where(parts => parts[0] == (scope.Count > 0 ? scope[0] : context.Session.Database))
                .Select(parts => new object?[] { parts[1], parts[0] }), 0),
        _ => Relations(context),
    };

    private static IEnumerable<string> Schemas(StatementContext context) =>
        context.Query(
            "SELECT schema_name FROM duckdb_schemas() WHERE contains(schema_name, '.') AND NOT starts_with(schema_name, '~') ORDER BY 1").Rows.Select(row => (string)row[0]!);

    private ResultSet Relations(StatementContext context)
    {
        var isView = kind == "VIEWS";
        var source = isView ? "SELECT view_name, schema_name FROM duckdb_views()" : "SELECT table_name, schema_name FROM duckdb_tables()";
        var database = scope.Count > 0 ? scope[0] : context.Session.Database;
        var schema = scope.Count > 1 ? scope[1] : scope.Count == 0 ? context.Session.Schema : null;
        if (scope.Count == 1 && !context.Engine.Databases.Exists(scope[0]))
            (database, schema) = (context.Session.Database, scope[0]);
        var rows = context.Query($"{source} ORDER BY 2, 1").Rows
            .Select(row => (Name: (string)row[0]!, Schema: ((string)row[1]!).Split('.')))
            .Where(row => row.Schema.Length == 2 && row.Schema[0] == database && (schema is null || row.Schema[1] == schema))
            .Select(row => new object?[] { row.Name, row.Schema[0], row.Schema[1], isView ? "VIEW" : "TABLE" });
        return Filter(
            [ResultColumn.Text("name"), ResultColumn.Text("database_name"), ResultColumn.Text("schema_name"), ResultColumn.Text("kind")],
            rows, 0);
    }

    private ResultSet Filter(IReadOnlyList<ResultColumn> columns, IEnumerable<object?[]> rows, int name)
    {
        var pattern = like is null
            ? null
            : "^" + System.Text.RegularExpressions.Regex.Escape(like).Replace("%", ".*", StringComparison.Ordinal).Replace('_', '.') + "$";
        return new ResultSet(columns, [.. rows.Where(row => pattern is null || System.Text.RegularExpressions.Regex.IsMatch(
            (string)row[name]!, pattern,
            System.Text.RegularExpressions.RegexOptions.IgnoreCase | System.Text.RegularExpressions.RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1)))]);
    }
}
