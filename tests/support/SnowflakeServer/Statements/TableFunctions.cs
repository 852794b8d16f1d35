using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Stages;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>TABLE(RESULT_SCAN( … )) and TABLE(VALIDATE( … )): the result of an earlier statement as a table.</summary>
internal static class TableFunctions
{
    /// <summary>Puts tables in the place of these functions.</summary>
    public static List<Token> Replace(IReadOnlyList<Token> query, StatementContext context)
    {
        var output = new List<Token>();
        for (var at = 0; at < query.Count; at++)
        {
            if (query[at].Is("TABLE") && at + 3 < query.Count && query[at + 1].IsSymbol("(") && query[at + 2].Is("RESULT_SCAN", "VALIDATE"))
            {
                var end = Parentheses.End(query, at + 1);
                var arguments = query.Skip(at + 4).Take(end - at - 5).ToList();
                output.Add(
                    Token.Raw(
                        Materialize(context, query[at + 2].Is("VALIDATE") ? Errors(context, arguments) : Result(context, arguments))));
                at = end;
            }
            else
            {
                output.Add(query[at]);
            }
        }

        return output;
    }

    private static ResultSet Result(StatementContext context, List<Token> arguments)
    {
        var id = arguments is [{ Kind: TokenKind.Text } text]
            ? text.Value
            : arguments[0].Is("LAST_QUERY_ID") ? context.Session.LastQueryId : null;
        return id is not null && context.Engine.Results.TryGetValue(id, out var result)
            ? result
            : throw new SnowflakeError("000709", "02000", $"Statement {id} not found");
    }

    private static ResultSet Errors(StatementContext context, List<Token> arguments)
    {
        var named = arguments[^1].Value;
        var id = named.Equals("_LAST", StringComparison.OrdinalIgnoreCase)
            ? context.Session.QueryIds.FindLast(context.Engine.LoadErrors.ContainsKey)
            : named;
        return id is not null && context.Engine.LoadErrors.TryGetValue(id, out var errors)
            ? new ResultSet(LoadError.Columns, [.. errors.Select(error => error.ToRow())])
            : throw new SnowflakeError("001044", "42P13", $"Invalid argument for function VALIDATE: job '{named}' is no COPY statement.");
    }

    private static string Materialize(StatementContext context, ResultSet result)
    {
        var name = $"sf_result_{Guid.NewGuid():N}";
        context.Execute(
            $"CREATE TEMP TABLE {name} ({string.Join(", ", result.Columns.Select(column => $"{DuckDbText.Name(column.Name)} {TypeOf(column)}"))})");
        var marks = string.Join(", ", result.Columns.Select(_ => "?"));
        foreach (var row in result.Rows)
            context.Query($"INSERT INTO {name} VALUES ({marks})", [.. row.Select(value => value ?? DBNull.Value)]);
        return $"temp.main.{name}";
    }

    private static string TypeOf(ResultColumn column) => column.Kind switch
    {
        ColumnKind.Fixed when column.Scale > 0 => $"DECIMAL({column.Precision}, {column.Scale})",
        ColumnKind.Fixed => "BIGINT",
        ColumnKind.Real => "DOUBLE",
        ColumnKind.Boolean => "BOOLEAN",
        ColumnKind.Date => "DATE",
        ColumnKind.TimestampNtz => "TIMESTAMP",
        ColumnKind.TimestampLtz => "TIMESTAMPTZ",
        ColumnKind.Binary => "BLOB",
        _ => "VARCHAR",
    };
}
