using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Pii.Detectors;

namespace LoyaltyPipeline.Core.Redaction;

/// <summary>Reads telephone numbers in statements: no engine can, so it is a function of this process.</summary>
internal static class PhoneFunction
{
    private const string Name = "LOYALTY_E164";

    /// <summary>Makes it known to a session.</summary>
    public static void Define(IWarehouseSession session) => session.Define(Name, PhoneText.ToE164);

    /// <summary>A number as E.164.</summary>
    /// <param name="value">SQL of the number.</param>
    /// <param name="region">SQL of the country, by its code of two letters, that a number without a country code is of.</param>
    /// <returns>SQL of the number; NULL where it is none.</returns>
    public static string Call(string value, string region) => $"{Name}({value}, {region})";

    /// <summary>The country of a row, or another where the row has none.</summary>
    /// <param name="country">SQL of what the row says; null where it says nothing.</param>
    /// <param name="otherwise">The code of the other; null for none.</param>
    /// <returns>SQL of a code, empty for none.</returns>
    public static string Region(string? country, string? otherwise)
    {
        var code = SqlText.Quote(otherwise ?? string.Empty);
        // A name of a country, which is longer, is no code.
        return country is null ? code : $"CASE WHEN LENGTH(TRIM({country})) = 2 THEN UPPER(TRIM({country})) ELSE {code} END";
    }
}
