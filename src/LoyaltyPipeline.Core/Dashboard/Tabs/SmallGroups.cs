using System.Globalization;
using LoyaltyPipeline.Core.Integrity.Anomalies;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>
/// Keeps few users from being told apart: what concerns fewer than five is put together with others or left out. Everything on the page
/// that counts users, or is made of such a count, goes through here.
/// </summary>
internal static class SmallGroups
{
    /// <summary>The fewest users that are shown.</summary>
    public const int Fewest = 5;

    /// <summary>What stands for groups that were put together.</summary>
    public const string Others = "(small groups)";

    /// <summary>Whether a group is too small to be shown. Of nobody nothing is told.</summary>
    public static bool IsSmall(long users) => users is > 0 and < Fewest;

    /// <summary>Whether a number that was reckoned, such as what is expected, is of a group too small to be shown.</summary>
    public static bool IsSmall(double? users) => users is { } number && IsSmall((long)Math.Round(Math.Abs(number)));

    /// <summary>A number of users as a cell; null where it is too small to be shown.</summary>
    public static object? Cell(long users) => IsSmall(users) ? null : users;

    /// <summary>A figure of some users as a cell, such as their mean; null where they are too few.</summary>
    public static object? Figure(decimal? figure, long users) => IsSmall(users) ? null : figure;

    /// <summary>A share of users as a cell; null where it is known of too few, or they are.</summary>
    public static object? Share(decimal? share, long users) =>
        share is { } part && !IsSmall(users) && !IsSmall((long)Math.Round(part * users)) ? part : null;

    /// <summary>A number of users in words.</summary>
    public static string Say(long users) =>
        IsSmall(users) ? string.Create(CultureInfo.InvariantCulture, $"fewer than {Fewest}") : Written.Number(users);

    /// <summary>How a number of users changed, in words.</summary>
    public static string SayChange(long before, long now)
    {
        if (IsSmall(before) || IsSmall(now))
            return string.Create(CultureInfo.InvariantCulture, $"changed among fewer than {Fewest}");
        return IsSmall(Math.Abs(now - before))
            ? string.Create(CultureInfo.InvariantCulture, $"changed by fewer than {Fewest}")
            : Written.Change(now - before);
    }

    /// <summary>What is left of a judgement where its figures are of too few users.</summary>
    /// <param name="usersIn">How many users a figure is of, or stands for.</param>
    /// <returns>The judgement without the figures that are not shown, and whether any are left out.</returns>
    public static (SeriesJudgement Shown, bool IsPart) Shown(SeriesJudgement judgement, Func<double, double> usersIn)
    {
        var (hidesActual, hidesExpected) = (
            judgement.Actual is { } actual && IsSmall(usersIn(actual)),
            new[] { judgement.Expected, judgement.Lower, judgement.Upper }.Any(value => value is { } figure && IsSmall(usersIn(figure))));
        return (judgement with
        {
            Actual = hidesActual ? null : judgement.Actual,
            Expected = hidesExpected ? null : judgement.Expected,
            Lower = hidesExpected ? null : judgement.Lower,
            Upper = hidesExpected ? null : judgement.Upper,
        }, hidesActual || hidesExpected);
    }
}
