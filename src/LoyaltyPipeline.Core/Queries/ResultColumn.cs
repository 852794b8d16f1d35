namespace LoyaltyPipeline.Core.Queries;

/// <summary>What a column of a query's result is made of.</summary>
/// <param name="Name">Its name; empty where it has none of its own.</param>
/// <param name="IsKey">Whether it is, unchanged, a column of a key that the catalog declares, and no personal data.</param>
/// <param name="PersonalFrom">The column of personal data that is, or may be, in it; null where none is.</param>
internal sealed record ResultColumn(string Name, bool IsKey, string? PersonalFrom)
{
    /// <summary>Whether personal data is, or may be, in it.</summary>
    public bool IsPersonal => PersonalFrom is not null;
}
