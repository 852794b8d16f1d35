using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>CREATE VIEW.</summary>
/// <param name="options">What stands before VIEW.</param>
/// <param name="columns">Its columns with their parentheses; empty where the query names them.</param>
/// <param name="ifNotExists">Whether a view that is there stays.</param>
internal sealed class CreateViewStatement(
    CreateOptions options, IReadOnlyList<string> target, IReadOnlyList<string> columns, IReadOnlyList<Token> query, bool ifNotExists)
        : DdlStatement
{
    /// <summary>Reads what follows VIEW.</summary>
    public static CreateViewStatement Parse(CreateOptions options, TokenReader reader)
    {
        var ifNotExists = reader.TryTake("IF", "NOT", "EXISTS");
        var name = reader.TakeName();
        // A column can be followed by its comment or its policy.
        List<string> columns = reader.Peek()?.IsSymbol("(") == true
            ? [.. ColumnList.Split(reader.TakeParenthesized()).Select(item => item[0].Value)]
            : [];
        TableProperties.Skip(reader);
        reader.Expect("AS");
        return new CreateViewStatement(options, name, columns, reader.TakeRest(), ifNotExists);
    }

    protected override string Apply(StatementContext context)
    {
        var name = context.Session.Resolve(target);
        // A view's names mean what they mean in the schema of the view.
        var (tokens, _) = context.Translate(query, new SchemaScope(context.Session, name));
        var head =
            $"CREATE{(options.Replaces ? " OR REPLACE" : "")} VIEW{(ifNotExists ? " IF NOT EXISTS" : "")} {DuckDbText.Name(name.DuckDbSchema)}.{DuckDbText.Name(name.Name)}";
        var list = columns.Count == 0 ? "" : $" ({string.Join(", ", columns.Select(DuckDbText.Name))})";
        var create = DuckDbText.Statement([Token.Raw($"{head}{list} AS"), .. tokens]);
        context.Work([], name, locks: false, () => context.Execute(create));
        return $"View {name.Name} successfully created.";
    }
}
