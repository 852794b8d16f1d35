namespace LoyaltyPipeline.Core.History;

/// <summary>A column of Master that says something else about a user on a later day.</summary>
public sealed class UserChange(long userId, UserChangeKind change, string column, object? before, object? after)
{
    /// <summary>The user.</summary>
    public long UserId { get; } = userId;

    /// <summary>Whether the user is new, gone or there on both days.</summary>
    public UserChangeKind Change { get; } = change;

    /// <summary>The column.</summary>
    public string Column { get; } = column;

    /// <summary>What it said on the earlier day; null for a user who is new.</summary>
    public object? Before { get; } = before;

    /// <summary>What it says on the later day; null for a user who is gone.</summary>
    public object? After { get; } = after;

    /// <summary>For example <c>4711 Updated REGION_CODE</c>.</summary>
    public override string ToString() => $"{UserId} {Change} {Column}";
}
