namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>Ids of statements.</summary>
internal static class QueryIds
{
    /// <summary>An id that no other statement has; later ones sort later.</summary>
    public static string New() => Guid.CreateVersion7().ToString();
}
