namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>What names mean in the schema of a view.</summary>
/// <param name="session">What they mean in the session.</param>
internal sealed class SchemaScope(INameScope session, ObjectName view) : INameScope
{
    public ObjectName Resolve(IReadOnlyList<string> parts) => parts.Count switch
    {
        1 => view with { Name = parts[0] },
        2 => view with { Schema = parts[0], Name = parts[1] },
        _ => session.Resolve(parts),
    };

    public string DuckDbSchemaOf(ObjectName name) => session.DuckDbSchemaOf(name);
}
