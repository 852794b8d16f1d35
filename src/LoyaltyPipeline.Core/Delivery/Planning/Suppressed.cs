using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>Who is in SUPPRESSION on a day: those whose suppression has no last day, or has not passed it.</summary>
internal static class Suppressed
{
    public const string Table = "LOYALTY.SUPPRESSION";

    /// <summary>The last day on which a suppression holds; a warehouse of an earlier version has none.</summary>
    public const string Until = "UNTIL_DATE";

    /// <summary>SQL of the users, each once: USER_ID.</summary>
    /// <param name="stored">The table as it is.</param>
    /// <param name="day">The day, by UTC.</param>
    public static string On(TableShape stored, DateOnly day) =>
        $"SELECT DISTINCT USER_ID FROM {Table}{(stored.Columns.ContainsKey(Until) ? $" WHERE {Holds(Until, day)}" : string.Empty)}";

    /// <summary>SQL of whether a suppression holds on a day.</summary>
    /// <param name="until">SQL of its last day.</param>
    public static string Holds(string until, DateOnly day) => $"({until} IS NULL OR {until} >= {SqlText.Literal(day)})";
}
