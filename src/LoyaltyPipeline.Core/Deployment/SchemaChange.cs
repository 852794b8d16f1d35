namespace LoyaltyPipeline.Core.Deployment;

/// <summary>One change to the schema of a warehouse.</summary>
public sealed class SchemaChange(SchemaAction action, string name, string sql, bool applied)
{
    /// <summary>What is done.</summary>
    public SchemaAction Action { get; } = action;

    /// <summary>The schema, table or column concerned.</summary>
    public string Name { get; } = name;

    /// <summary>The statement that does it.</summary>
    public string Sql { get; } = sql;

    /// <summary>The policy without which a column of personal data is not added; null for any other change.</summary>
    internal string? MaskingPolicy { get; init; }

    /// <summary>Whether it was done, or only planned.</summary>
    public bool Applied { get; } = applied;
}
