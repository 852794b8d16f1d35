using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.History;

/// <summary>
/// What Master said about a user from one day until another; Get-LoyaltyHistory adds the columns of Master as properties.
/// </summary>
public sealed class UserVersion
{
    private readonly IReadOnlyDictionary<string, object?> _columns;

    internal UserVersion(long userId, DateOnly validFrom, DateOnly? validTo, string? segment, IReadOnlyDictionary<string, object?> columns)
    {
        (UserId, Segment, _columns) = (userId, segment, columns);
        (ValidFrom, ValidTo) = (Midnight.Of(validFrom), Midnight.Of(validTo));
    }

    /// <summary>The first day on which Master said this, as the time at which it begins.</summary>
    public DateTime ValidFrom { get; }

    /// <summary>The first day on which it no longer did, as the time at which it begins; null for the current version.</summary>
    public DateTime? ValidTo { get; }

    /// <summary>The user.</summary>
    internal long UserId { get; }

    /// <summary>The engagement segment, as Master calls it.</summary>
    internal string? Segment { get; }

    /// <summary>What Master said in a column.</summary>
    /// <param name="column">The column, whatever the case.</param>
    /// <returns>The value, a day as the time at which it begins; null where Master said NULL or had no such column yet.</returns>
    public object? ValueOf(string column) => _columns[column];
}
