using System.Globalization;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>Keeps few users from being told apart: what concerns fewer than five is put together with others or not counted out.</summary>
internal static class SmallGroups
{
    /// <summary>The fewest users that are shown.</summary>
    public const int Fewest = 5;

    /// <summary>What stands for groups that were put together.</summary>
    public const string Others = "(small groups)";

    /// <summary>Whether a group is too small to be shown. Of nobody nothing is told.</summary>
    public static bool IsSmall(long users) => users is > 0 and < Fewest;

    /// <summary>A number of users as a cell; null where it is too small to be shown.</summary>
    public static object? Cell(long users) => IsSmall(users) ? null : users;

    /// <summary>A share of users as a cell; null where it is known of too few.</summary>
    public static object? Cell(decimal? share, long users) => share is { } part && !IsSmall((long)Math.Round(part * users)) ? part : null;

    /// <summary>A number of users in words.</summary>
    public static string Say(long users) => IsSmall(users) ? string.Create(CultureInfo.InvariantCulture, $"fewer than {Fewest}") : Written.Number(users);
}
