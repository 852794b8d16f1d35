using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Redaction;

/// <summary>
/// What platforms for advertising say a value is made into before it is hashed, as SQL of either engine. The rules, as last read:
/// Google's of https://developers.google.com/data-manager/api/devguides/concepts/formatting, which agree with those for files on
/// https://support.google.com/google-ads/answer/7659867, and Meta's of
/// https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/customer-information-parameters, which are those of
/// https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences too.
/// </summary>
internal static class UploadForm
{
    // Neither platform says what a blank is: the spaces, tabs and line ends that people paste along.
    private static readonly string Blanks = Characters("\t\n\v\f\r \u00A0\u3000");

    // Meta says no punctuation, and not what that is: that of ASCII, and what word processors make of it.
    private static readonly string Punctuation = Characters("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~¡«·»¿‐‑‒–—―‘’‚“”„…‹›、。・");

    /// <summary>The value that is hashed.</summary>
    /// <param name="value">SQL of the value.</param>
    /// <param name="number">SQL of the value as E.164, for a telephone number.</param>
    public static string Of(HashingRules rules, PersonalData kind, string value, string number) => (rules, kind) switch
    {
        (HashingRules.Google, PersonalData.Phone) => number,
        // Digits with the country code, which begins with no zero.
        (HashingRules.Meta, PersonalData.Phone) => $"SUBSTR({number}, 2)",
        (HashingRules.Google, PersonalData.Email) => GoogleEmail($"LOWER({Without(value, Blanks)})"),
        (HashingRules.Meta, PersonalData.Name) => Trimmed($"LOWER({Without(value, Punctuation)})"),
        _ => Trimmed($"LOWER({value})"),
    };

    // Its own mailboxes are the same with dots or without, and with any suffix.
    private static string GoogleEmail(string address) => $"""
        CASE WHEN SPLIT_PART({address}, '@', 2) IN ('gmail.com', 'googlemail.com')
            THEN REPLACE(SPLIT_PART(SPLIT_PART({address}, '@', 1), '+', 1), '.', '') || SUBSTR({address}, POSITION('@' IN {address}))
            ELSE {address} END
        """;

    private static string Trimmed(string value) => $"TRIM({value}, {Blanks})";

    private static string Without(string value, string characters) => $"TRANSLATE({value}, {characters}, '')";

    // By their numbers: a backslash, a tab or a line end in a literal is not the same to every engine.
    private static string Characters(string characters) => string.Join(" || ", characters.Select(character => $"CHR({(int)character})"));
}
