using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>ALTER TABLE and ALTER VIEW.</summary>
/// <param name="kind">TABLE or VIEW.</param>
/// <param name="change">What follows the name.</param>
internal sealed class AlterTableStatement(string kind, IReadOnlyList<string> name, IReadOnlyList<Token> change) : DdlStatement
{
    /// <summary>Reads what follows TABLE.</summary>
    public static AlterTableStatement Parse(string kind, TokenReader reader)
    {
        reader.TryTake("IF", "EXISTS");
        return new AlterTableStatement(kind, reader.TakeName(), reader.TakeRest());
    }

    protected override string Apply(StatementContext context)
    {
        var table = context.Session.Resolve(name);
        var head = $"ALTER {kind} {DmlText.Target(context, table).Value}";
        var changes = Changes(context, table).ToList();
        context.Work([table], table, locks: false, () => changes.ForEach(text => context.Execute($"{head} {text}")));
        return "Statement executed successfully.";
    }

    private IEnumerable<string> Changes(StatementContext context, ObjectName table)
    {
        var reader = new TokenReader(change);
        if (reader.TryTake("ADD"))
            return Add(context, reader);
        if (reader.TryTake("RENAME", "TO"))
            return [$"RENAME TO {DuckDbText.Name(Sibling(context, table, reader.TakeName()))}"];
        if (reader.TryTake("RENAME", "COLUMN"))
            return [$"RENAME COLUMN {DuckDbText.Statement(reader.TakeRest()).Sql}"];
        if (reader.TryTake("DROP", "COLUMN"))
            return ColumnList.Split(reader.TakeRest()).Select(column => $"DROP COLUMN {DuckDbText.Statement(column).Sql}");
        // Clustering, tags, policies and properties change nothing that the server keeps.
        if (reader.TryTakeOneOf("CLUSTER", "SET", "UNSET", "SUSPEND", "RESUME") is not null)
            return [];
        if (reader.TryTakeOneOf("ALTER", "MODIFY") is not null)
            return Modify(context, reader);
        throw reader.Peek() is { } token ? SnowflakeError.Unexpected(token) : SnowflakeError.UnexpectedEnd();
    }

    private static IEnumerable<string> Add(StatementContext context, TokenReader reader)
    {
        if (reader.TryTakeOneOf("PRIMARY", "CONSTRAINT", "UNIQUE", "FOREIGN", "ROW", "SEARCH") is not null)
            return [];
        reader.TryTake("COLUMN");
        var ifNotExists = reader.TryTake("IF", "NOT", "EXISTS") ? "IF NOT EXISTS " : "";
        return ColumnList.Split(reader.TakeRest())
            .Select(column => ColumnDefinition.Parse(column[0].Is("COLUMN") ? column[1..] : column))
            .SelectMany(column => AddColumn(context, column, ifNotExists));
    }

    /// <summary>DuckDB adds a column without constraints only.</summary>
    private static IEnumerable<string> AddColumn(StatementContext context, ColumnDefinition column, string ifNotExists)
    {
        var plain = column with { IsRequired = false, Length = null };
        yield return $"ADD COLUMN {ifNotExists}{plain.ToDuckDb(context)}";
        if (column.IsRequired)
            yield return $"ALTER COLUMN {DuckDbText.Name(column.Name)} SET NOT NULL";
    }

    private static IEnumerable<string> Modify(StatementContext context, TokenReader reader)
    {
        reader.TryTake("COLUMN");
        var column = DuckDbText.Name(reader.TakeName()[0]);
        if (reader.TryTake("DROP", "NOT", "NULL"))
            return [$"ALTER COLUMN {column} DROP NOT NULL"];
        if (reader.TryTake("SET", "NOT", "NULL"))
            return [$"ALTER COLUMN {column} SET NOT NULL"];
        if (reader.TryTake("SET", "MASKING", "POLICY"))
        {
            MaskingPolicyStatement.Demand(context, reader.TakeName());
            return [];
        }

        if (reader.TryTake("UNSET") || reader.TryTake("COMMENT") || reader.TryTake("SET", "TAG"))
            return [];
        reader.TryTake("SET", "DATA");
        reader.TryTake("TYPE");
        var at = reader.Position;
        return [$"ALTER COLUMN {column} SET DATA TYPE {TypeNames.Read(reader.Tokens, ref at)}"];
    }

    private static string Sibling(StatementContext context, ObjectName table, IReadOnlyList<string> name)
    {
        var renamed = context.Session.Resolve(name.Count == 1 ? [table.Database, table.Schema, name[0]] : name);
        return renamed.DuckDbSchema == table.DuckDbSchema
            ? renamed.Name
            : throw new NotSupportedException("The test server cannot move a table to another schema.");
    }
}
