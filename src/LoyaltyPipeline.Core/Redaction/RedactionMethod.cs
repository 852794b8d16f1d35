namespace LoyaltyPipeline.Core.Redaction;

/// <summary>What becomes of personal data on its way out.</summary>
public enum RedactionMethod
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>The column is left out.</summary>
    Drop,

    /// <summary>Every value becomes <see cref="PersonalDataMask.Masked"/>.</summary>
    Mask,

    /// <summary>
    /// The SHA-256 of the salt, if there is one, and the trimmed, lower-cased value, or of what a platform says of it
    /// (<see cref="HashingRules"/>); 64 hexadecimal digits in lower case.
    /// </summary>
    Sha256,

    /// <summary>
    /// What is left tells a group, not a person: the domain of an address, the initial of a name, the first three characters of a number.
    /// </summary>
    Generalize,

    /// <summary>
    /// The HMAC-SHA256 (RFC 2104) of the trimmed, lower-cased value under a secret; 64 hexadecimal digits in lower case.
    /// </summary>
    Hmac,

    /// <summary>A telephone number as E.164: +, country code and number, digits alone. What is no number becomes NULL.</summary>
    E164,
}
