using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>USE.</summary>
/// <param name="kind">DATABASE, SCHEMA, ROLE, WAREHOUSE, or null where the name alone says it.</param>
/// <param name="name">What to use.</param>
internal sealed class UseStatement(string? kind, IReadOnlyList<string> name) : IStatement
{
    public StatementType Type => StatementType.Use;

    public static UseStatement Parse(TokenReader reader)
    {
        var kind = reader.TryTakeOneOf("DATABASE", "SCHEMA", "ROLE", "WAREHOUSE");
        if (kind is null && reader.Peek()?.Is("SECONDARY") == true)
        {
            reader.TakeRest();
            return new UseStatement("SECONDARY", []);
        }

        var name = reader.TakeName();
        reader.ExpectEnd();
        return new UseStatement(kind, name);
    }

    public ResultSet Execute(StatementContext context)
    {
        var session = context.Session;
        switch (kind)
        {
            case "ROLE":
                session.Role = name[0];
                break;
            case "WAREHOUSE":
                session.Warehouse = name[0];
                break;
            case "SECONDARY":
                break;
            case "SCHEMA":
                UseSchema(context, name.Count > 1 ? name[0] : session.Database, name[^1]);
                break;
            default:
                if (kind is null && name.Count == 2)
                    UseSchema(context, name[0], name[1]);
                else
                    UseDatabase(context, name[0]);
                break;
        }

        return ResultSet.Status("Statement executed successfully.");
    }

    private static void UseDatabase(StatementContext context, string database)
    {
        if (!context.Engine.Databases.Exists(database))
            throw SnowflakeError.NoObject("Database", database);
        context.Session.Database = database;
        context.Session.Schema = context.Engine.Databases.Exists(database, "PUBLIC") ? "PUBLIC" : null;
    }

    private static void UseSchema(StatementContext context, string? database, string schema)
    {
        if (database is null || !context.Engine.Databases.Exists(database, schema))
            throw SnowflakeError.NoObject("Schema", database is null ? schema : $"{database}.{schema}");
        context.Session.Database = database;
        context.Session.Schema = schema;
    }
}
