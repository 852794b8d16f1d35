using LoyaltyPipeline.SnowflakeSupport.Errors;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>CREATE DATABASE and CREATE SCHEMA. The session uses what was made from then on, as in Snowflake.</summary>
/// <param name="options">What stands before the kind.</param>
/// <param name="isSchema">Whether it is a schema.</param>
/// <param name="ifNotExists">Whether one that is there stays.</param>
internal sealed class CreateSpaceStatement(CreateOptions options, bool isSchema, IReadOnlyList<string> name, bool ifNotExists)
    : DdlStatement
{
    /// <summary>Reads what follows DATABASE or SCHEMA.</summary>
    public static CreateSpaceStatement Parse(CreateOptions options, bool isSchema, TokenReader reader)
    {
        var ifNotExists = reader.TryTake("IF", "NOT", "EXISTS");
        var name = reader.TakeName();
        reader.TryTake("WITH", "MANAGED", "ACCESS");
        TableProperties.Skip(reader);
        reader.ExpectEnd();
        return new CreateSpaceStatement(options, isSchema, name, ifNotExists);
    }

    protected override string Apply(StatementContext context)
    {
        var session = context.Session;
        var database = isSchema ? name.Count > 1 ? name[0] : session.Database ?? throw SnowflakeError.NoObject("Database", "") : name[0];
        var schema = isSchema ? name[^1] : null;
        var databases = context.Engine.Databases;
        if (isSchema && !databases.Exists(database))
            throw SnowflakeError.NoObject("Database", database);
        var exists = schema is null ? databases.Exists(database) : databases.Exists(database, schema);
        if (exists && ifNotExists)
            return $"{name[^1]} already exists, statement succeeded.";
        if (exists && !options.Replaces)
            throw SnowflakeError.AlreadyExists(name[^1]);
        if (exists)
            databases.Drop(database, schema);
        databases.Create(database, schema);
        session.Database = database;
        session.Schema = schema ?? "PUBLIC";
        return $"{(isSchema ? "Schema" : "Database")} {name[^1]} successfully created.";
    }
}
