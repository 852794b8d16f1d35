using System.Globalization;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Says values as texts, the same for everybody.</summary>
internal static class SubjectValue
{
    /// <summary>A value as text; null for none.</summary>
    public static string? Say(object? value) => value switch
    {
        null => null,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
