using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Redaction;

/// <summary>Redacts in SQL. NULL always stays NULL.</summary>
internal static class RedactionSql
{
    /// <summary>The value as it may leave the warehouse.</summary>
    /// <param name="method">What becomes of it; not <see cref="RedactionMethod.Drop"/>.</param>
    /// <param name="kind">The class of personal data.</param>
    /// <param name="value">SQL of the value.</param>
    /// <param name="salt">SQL of the salt; null for none. Never its text: the engine's errors repeat statements.</param>
    public static string Redact(SqlDialect dialect, RedactionMethod method, PersonalData kind, string value, string? salt) => method switch
    {
        RedactionMethod.Mask => $"CASE WHEN {value} IS NOT NULL THEN {SqlText.Quote(PersonalDataMask.Masked)} END",
        RedactionMethod.Sha256 => dialect.Sha256(salt is null ? Normalized(value) : $"{salt} || {Normalized(value)}"),
        RedactionMethod.Generalize => Generalize(kind, value),
        _ => value,
    };

    /// <summary>What a hash is made of, but for the salt: equal for two values just where their hashes are, and much cheaper.</summary>
    /// <param name="value">SQL of the value.</param>
    public static string Normalized(string value) => $"LOWER({Trimmed(value)})";

    // Blanks and nothing else, on every engine. Looking for one is much cheaper than trimming, and few values have any.
    private static string Trimmed(string value) => $"CASE WHEN {value} LIKE '% %' THEN TRIM({value}, ' ') ELSE {value} END";

    private static string Generalize(PersonalData kind, string value) => kind switch
    {
        PersonalData.Email => $"""
            CASE
                WHEN POSITION('@' IN {value}) > 0 THEN {Normalized($"SUBSTR({value}, POSITION('@' IN {value}) + 1)")}
                WHEN {value} IS NOT NULL THEN {SqlText.Quote(PersonalDataMask.Masked)}
            END
            """,
        PersonalData.Name => $"SUBSTR({Trimmed(value)}, 1, 1) || '.'",
        _ => $"SUBSTR({Trimmed(value)}, 1, 3) || {SqlText.Quote(PersonalDataMask.Masked)}",
    };
}
