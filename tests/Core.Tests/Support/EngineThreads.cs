namespace LoyaltyPipeline.Core.Tests.Support;

/// <summary>
/// The threads of DuckDB in a test. Of a few rows two threads make no shorter work, only twice as much of it, because they wait for each
/// other; so there is one, and as many as elsewhere at full depth and where there are many rows.
/// </summary>
internal static class EngineThreads
{
    /// <summary>Sets them, on any connection of a database.</summary>
    public static string Sql => TestDepth.IsFull ? Many : "SET threads = 1";

    /// <summary>As many as DuckDB would take by itself.</summary>
    public const string Many = "RESET threads";
}
