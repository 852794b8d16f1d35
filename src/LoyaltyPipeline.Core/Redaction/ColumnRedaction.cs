using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Redaction;

/// <summary>Redacts a column in SQL. NULL always stays NULL.</summary>
/// <param name="Method">What becomes of it; not <see cref="RedactionMethod.Drop"/>.</param>
/// <param name="Kind">The class of personal data.</param>
/// <param name="Value">SQL of the value.</param>
internal sealed record ColumnRedaction(SqlDialect Dialect, RedactionMethod Method, PersonalData Kind, string Value)
{
    private const int ShortNumber = 6;

    /// <summary>The salt of hashes and the secret of HMAC; null for none.</summary>
    public RedactionSecret? Secret { get; init; }

    /// <summary>Whose rules SHA-256 follows; null for our own.</summary>
    public HashingRules? Hashing { get; init; }

    /// <summary>SQL of the country of a telephone number that does not say it; see <see cref="PhoneFunction.Region"/>.</summary>
    public string Region { get; init; } = "''";

    /// <summary>Whether the value is read as a telephone number, which this process must do.</summary>
    public bool ReadsNumber =>
        Kind == PersonalData.Phone && (Method == RedactionMethod.E164 || (Method == RedactionMethod.Sha256 && Hashing is not null));

    /// <summary>SQL of whether there is a value, and it is no telephone number.</summary>
    public string IsUnreadable => $"{Value} IS NOT NULL AND {Number} IS NULL";

    /// <summary>SQL of the value as it may leave the warehouse.</summary>
    public string Redacted => Method switch
    {
        RedactionMethod.Mask => $"CASE WHEN {Value} IS NOT NULL THEN {SqlText.Quote(PersonalDataMask.Masked)} END",
        RedactionMethod.Sha256 => Dialect.Sha256(Secret is null ? Hashed : $"{Secret.Salt} || {Hashed}"),
        RedactionMethod.Hmac => Dialect.HmacSha256(Secret!.InnerPad, Secret.OuterPad, Hashed)
            ?? throw new NotSupportedException($"{Dialect.Engine} makes no HMAC."),
        RedactionMethod.E164 => Number,
        RedactionMethod.Generalize => Generalized,
        _ => Value,
    };

    /// <summary>
    /// SQL of something that is equal for two values just where the redacted ones are: of a hash what it is made of, but for the secret,
    /// which is much cheaper.
    /// </summary>
    public string Identity => Method is RedactionMethod.Sha256 or RedactionMethod.Hmac ? Hashed : Redacted;

    private string Number => PhoneFunction.Call(Value, Region);

    private string Hashed => Method == RedactionMethod.Sha256 && Hashing is { } rules
        ? UploadForm.Of(rules, Kind, Value, Number)
        : Normalized(Value);

    private string Generalized => Kind switch
    {
        // A name before or around the address would come out with what is no plain domain.
        PersonalData.Email => $"""
            CASE
                WHEN POSITION('@' IN {Value}) > 0 AND TRANSLATE({Domain}, '<>()[]",;:', '') = {Domain} THEN {Normalized(Domain)}
                WHEN {Value} IS NOT NULL THEN {SqlText.Quote(PersonalDataMask.Masked)}
            END
            """,
        PersonalData.Name => $"SUBSTR({Trimmed(Value)}, 1, 1) || '.'",
        // Of a short one the beginning is all of it, or nearly.
        _ => $"""
            CASE
                WHEN LENGTH({Trimmed(Value)}) > {ShortNumber} THEN SUBSTR({Trimmed(Value)}, 1, 3) || {SqlText.Quote(PersonalDataMask.Masked)}
                WHEN {Value} IS NOT NULL THEN {SqlText.Quote(PersonalDataMask.Masked)}
            END
            """,
    };

    private string Domain => $"SPLIT_PART({Value}, '@', -1)";

    private static string Normalized(string value) => $"LOWER({Trimmed(value)})";

    // Blanks and nothing else, on every engine. Looking for one is much cheaper than trimming, and few values have any.
    private static string Trimmed(string value) => $"CASE WHEN {value} LIKE '% %' THEN TRIM({value}, ' ') ELSE {value} END";
}
