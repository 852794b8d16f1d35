using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Stages;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>Tells statements from each other.</summary>
internal static class StatementParser
{
    private static readonly string[] DmlVerbs = ["INSERT", "UPDATE", "DELETE", "MERGE"];

    /// <summary>Cuts a text at its semicolons.</summary>
    /// <returns>Its statements; none is empty.</returns>
    public static List<List<Token>> Split(IReadOnlyList<Token> tokens)
    {
        var statements = new List<List<Token>> { new() };
        foreach (var token in tokens)
        {
            if (token.IsSymbol(";"))
                statements.Add([]);
            else
                statements[^1].Add(token);
        }

        statements.RemoveAll(statement => statement.Count == 0);
        return statements;
    }

    /// <summary>Understands a statement.</summary>
    /// <exception cref="SnowflakeError">Snowflake has no such statement.</exception>
    public static IStatement Parse(IReadOnlyList<Token> tokens)
    {
        Refusals.Check(tokens);
        var reader = new TokenReader(tokens);
        var first = reader.Take();
        if (first.IsSymbol("("))
            return new QueryStatement(tokens);
        if (first.Kind != TokenKind.Word)
            throw SnowflakeError.Unexpected(first);
        return first.Value switch
        {
            "SELECT" => (IStatement?)DescribeTextStatement.Find(tokens) ?? new QueryStatement(tokens),
            "VALUES" => new QueryStatement(tokens),
            "WITH" => With(tokens),
            "EXPLAIN" => ExplainStatement.Parse(reader),
            "INSERT" => InsertStatement.Parse(reader),
            "UPDATE" => UpdateStatement.Parse(reader),
            "DELETE" => DeleteStatement.Parse(reader),
            "MERGE" => MergeStatement.Parse(reader),
            "TRUNCATE" => TruncateStatement.Parse(reader),
            "CREATE" => Create(reader),
            "DROP" => Drop(reader),
            "ALTER" => Alter(reader),
            "USE" => UseStatement.Parse(reader),
            "BEGIN" or "START" => Begin(reader),
            "COMMIT" or "ROLLBACK" => End(first, reader),
            "SET" or "UNSET" => SetStatement.Parse(first.Is("SET"), reader),
            "SHOW" => ShowStatement.Parse(reader),
            "DESCRIBE" or "DESC" => DescribeStatement.Parse(reader),
            "PUT" or "GET" => TransferStatement.Parse(first.Is("PUT"), reader),
            "LIST" or "LS" => FileStatement.Parse(removes: false, reader),
            "REMOVE" or "RM" => FileStatement.Parse(removes: true, reader),
            "COPY" => Copy(reader),
            "GRANT" or "REVOKE" or "COMMENT" => new AdministrativeStatement(),
            _ => throw SnowflakeError.Unexpected(first),
        };
    }

    /// <summary>In Snowflake WITH begins a query and nothing else.</summary>
    private static QueryStatement With(IReadOnlyList<Token> tokens)
    {
        var verb = Parentheses.Find(tokens, 1, token => token.Is("SELECT") || token.Is(DmlVerbs));
        return verb < tokens.Count && tokens[verb].Is(DmlVerbs)
            ? throw SnowflakeError.Unexpected(tokens[verb])
            : new QueryStatement(tokens);
    }

    private static DdlStatement Create(TokenReader reader)
    {
        var options = CreateOptions.Parse(reader);
        var kind = reader.Take();
        return kind.Value switch
        {
            "TABLE" => CreateTableStatement.Parse(options, reader),
            "VIEW" => CreateViewStatement.Parse(options, reader),
            "SCHEMA" => CreateSpaceStatement.Parse(options, isSchema: true, reader),
            "DATABASE" => CreateSpaceStatement.Parse(options, isSchema: false, reader),
            "STAGE" => CreateStageStatement.Parse(options, reader),
            "MASKING" => MaskingPolicyStatement.Parse("CREATE", options, reader),
            _ => AdministrativeStatement.Knows(kind) ? new AdministrativeStatement() : throw SnowflakeError.Unexpected(kind),
        };
    }

    private static DdlStatement Drop(TokenReader reader)
    {
        var kind = reader.Take();
        if (kind.Is("TABLE", "VIEW", "SCHEMA", "DATABASE", "STAGE"))
            return DropStatement.Parse(kind.Value, reader);
        if (kind.Is("MASKING"))
            return MaskingPolicyStatement.Parse("DROP", options: null, reader);
        return AdministrativeStatement.Knows(kind) ? new AdministrativeStatement() : throw SnowflakeError.Unexpected(kind);
    }

    private static IStatement Alter(TokenReader reader)
    {
        var kind = reader.Take();
        if (kind.Is("SESSION"))
            return AlterSessionStatement.Parse(reader);
        if (kind.Is("TABLE", "VIEW"))
            return AlterTableStatement.Parse(kind.Value, reader);
        if (kind.Is("MASKING"))
            return MaskingPolicyStatement.Parse("ALTER", options: null, reader);
        return AdministrativeStatement.Knows(kind) ? new AdministrativeStatement() : throw SnowflakeError.Unexpected(kind);
    }

    private static IStatement Copy(TokenReader reader)
    {
        reader.Expect("INTO");
        return reader.Peek()?.Kind is TokenKind.StageLocation or TokenKind.Text
            ? CopyIntoLocationStatement.Parse(reader)
            : CopyIntoTableStatement.Parse(reader);
    }

    private static TransactionStatement Begin(TokenReader reader)
    {
        reader.TryTakeOneOf("TRANSACTION", "WORK");
        if (reader.TryTake("NAME"))
            reader.TakeName();
        reader.ExpectEnd();
        return new TransactionStatement(StatementType.Begin);
    }

    private static TransactionStatement End(Token verb, TokenReader reader)
    {
        reader.TryTakeOneOf("WORK");
        reader.ExpectEnd();
        return new TransactionStatement(verb.Is("COMMIT") ? StatementType.Commit : StatementType.Rollback);
    }
}
