namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>What names of a statement mean.</summary>
internal interface INameScope
{
    /// <summary>Completes a name.</summary>
    /// <param name="parts">Its parts, one to three.</param>
    /// <returns>The whole name.</returns>
    /// <exception cref="Errors.SnowflakeError">It has too few parts for a session without a database or schema.</exception>
    ObjectName Resolve(IReadOnlyList<string> parts);

    /// <summary>The schema that DuckDB has an object in: of the session, where a temporary table hides a permanent one.</summary>
    string DuckDbSchemaOf(ObjectName name);
}
