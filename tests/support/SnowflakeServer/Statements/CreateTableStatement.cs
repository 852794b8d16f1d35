using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>CREATE TABLE.</summary>
/// <param name="options">What stands before TABLE.</param>
/// <param name="ifNotExists">Whether a table that is there stays.</param>
/// <param name="columns">Its columns; null where the query says them.</param>
/// <param name="query">What fills it; null where nothing does.</param>
internal sealed class CreateTableStatement(
    CreateOptions options, IReadOnlyList<string> target, bool ifNotExists, IReadOnlyList<ColumnDefinition>? columns,
    IReadOnlyList<Token>? query) : DdlStatement
{
    /// <summary>Reads what follows TABLE.</summary>
    public static CreateTableStatement Parse(CreateOptions options, TokenReader reader)
    {
        var ifNotExists = reader.TryTake("IF", "NOT", "EXISTS");
        if (ifNotExists && options.Replaces)
            throw SnowflakeError.Syntax("options OR REPLACE and IF NOT EXISTS are incompatible.");
        var name = reader.TakeName();
        IReadOnlyList<ColumnDefinition>? columns = reader.Peek()?.IsSymbol("(") == true
            ? ColumnList.Parse(reader.TakeParenthesized())
            : null;
        IReadOnlyList<Token>? query = null;
        if (reader.TryTakeOneOf("LIKE", "CLONE") is { } like)
        {
            query = [new Token(TokenKind.Word, "SELECT"), new Token(TokenKind.Symbol, "*"), new Token(TokenKind.Word, "FROM"),
                .. reader.TakeRest()];
            if (like == "LIKE")
                query = [.. query, new Token(TokenKind.Word, "LIMIT"), new Token(TokenKind.Number, "0")];
        }

        // Clustering, retention, comment: nothing that a query could see.
        TableProperties.Skip(reader);
        if (reader.TryTake("AS"))
            query = reader.TakeRest();
        reader.ExpectEnd();
        if (query is null && columns is null)
            throw SnowflakeError.UnexpectedEnd();
        if (query is { Count: > 0 } && !query[0].Is("SELECT", "WITH") && !query[0].IsSymbol("("))
            throw SnowflakeError.Unexpected(query[0]);
        return new CreateTableStatement(options, name, ifNotExists, columns, query);
    }

    protected override string Apply(StatementContext context)
    {
        var session = context.Session;
        var name = session.Resolve(target);
        var schema = name.DuckDbSchema;
        if (!context.Engine.Databases.Exists(name.Database, name.Schema))
            throw SnowflakeError.NoObject("Schema", $"{name.Database}.{name.Schema}");
        if (options.IsTemporary)
        {
            if (ifNotExists && session.IsTemporary(name))
                return $"{name.Name} already exists, statement succeeded.";
            if (!options.Replaces && session.IsTemporary(name))
                throw SnowflakeError.AlreadyExists(name.Name);
            schema = session.TemporarySchemaOf(name);
            context.Execute($"CREATE SCHEMA IF NOT EXISTS {DuckDbText.Name(schema)}");
        }

        Create(context, name, $"{DuckDbText.Name(schema)}.{DuckDbText.Name(name.Name)}");
        if (options.IsTemporary)
            session.AddTemporary(name);
        return $"Table {name.Name} successfully created.";
    }

    private void Create(StatementContext context, ObjectName name, string table)
    {
        List<Token> head = [Token.Raw(
            $"CREATE{(options.Replaces ? " OR REPLACE" : "")} TABLE{(ifNotExists ? " IF NOT EXISTS" : "")} {table}")];
        var (source, tables) = query is null ? ([], []) : context.Translate(query);
        if (columns is null)
        {
            var createAs = DuckDbText.Statement([.. head, Token.Raw("AS"), .. source]);
            context.Work(tables, name, locks: false, () => context.Execute(createAs));
            return;
        }

        var create = DuckDbText.Statement(
            [.. head, Token.Raw($"({string.Join(", ", columns.Select(column => column.ToDuckDb(context)))})")]);
        var insert = query is null ? null : DuckDbText.Statement([Token.Raw($"INSERT INTO {table}"), .. source]);
        context.Work(tables, name, locks: false, () =>
        {
            context.Execute(create);
            if (insert is not null)
                context.Execute(insert);
        });
    }
}
