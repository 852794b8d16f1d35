using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>DROP of a table, view, stage, schema or database.</summary>
/// <param name="kind">Which of them.</param>
/// <param name="ifExists">Whether one that is not there is no error.</param>
internal sealed class DropStatement(string kind, IReadOnlyList<string> name, bool ifExists) : DdlStatement
{
    /// <summary>Reads what follows the kind.</summary>
    public static DropStatement Parse(string kind, TokenReader reader)
    {
        var ifExists = reader.TryTake("IF", "EXISTS");
        var name = reader.TakeName();
        reader.TryTakeOneOf("CASCADE", "RESTRICT");
        reader.ExpectEnd();
        return new DropStatement(kind, name, ifExists);
    }

    protected override string Apply(StatementContext context)
    {
        var isDropped = kind switch
        {
            "TABLE" or "VIEW" => DropRelation(context),
            "STAGE" => context.Engine.Stages.Drop(context.Session.Resolve(name)),
            _ => DropSpace(context),
        };
        if (!isDropped && !ifExists)
            throw SnowflakeError.NoObject(
                kind is "TABLE" or "VIEW" ? "Object" : kind[0] + kind[1..].ToLowerInvariant(), string.Join('.', name));
        return isDropped ? $"{name[^1]} successfully dropped." : $"Drop statement executed successfully ({name[^1]} already dropped).";
    }

    private bool DropRelation(StatementContext context)
    {
        var session = context.Session;
        var relation = session.Resolve(name);
        var schema = session.DuckDbSchemaOf(relation);
        if (!context.Engine.Databases.HasRelation(schema, relation.Name, kind == "VIEW"))
            return false;
        context.Work(
            [], relation, locks: false, () => context.Execute($"DROP {kind} {DuckDbText.Name(schema)}.{DuckDbText.Name(relation.Name)}"));
        session.RemoveTemporary(relation);
        return true;
    }

    private bool DropSpace(StatementContext context)
    {
        var database = kind == "SCHEMA" && name.Count == 1 ? context.Session.Database ?? "" : name[0];
        var schema = kind == "SCHEMA" ? name[^1] : null;
        var databases = context.Engine.Databases;
        if (!(schema is null ? databases.Exists(database) : databases.Exists(database, schema)))
            return false;
        databases.Drop(database, schema);
        if (context.Session.Database == database && (schema is null || context.Session.Schema == schema))
            context.Session.Schema = null;
        if (context.Session.Database == database && schema is null)
            context.Session.Database = null;
        return true;
    }
}
