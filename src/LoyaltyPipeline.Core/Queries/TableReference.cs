namespace LoyaltyPipeline.Core.Queries;

/// <summary>A table as a query names it.</summary>
/// <param name="Database">Its database; null where the query names none.</param>
/// <param name="Schema">Its schema, or its database where only one of them stands there; null where the query names none.</param>
internal sealed record TableReference(string? Database, string? Schema, string Table)
{
    /// <summary>The name as it is written.</summary>
    public override string ToString() => string.Join('.', new[] { Database, Schema, Table }.OfType<string>());
}
