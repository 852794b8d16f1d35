namespace LoyaltyPipeline.Core.Schema;

/// <summary>One change to the schema of a warehouse.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Name">The schema, table or column concerned.</param>
/// <param name="Sql">The statement that does it.</param>
/// <param name="Applied">Whether it was done, or only planned.</param>
public sealed record SchemaChange(SchemaAction Action, string Name, string Sql, bool Applied);
