namespace LoyaltyPipeline.Core.Pii;

/// <summary>
/// What characters the values of a column have: most columns lack those without which there is no address and no number, and need not be
/// looked at closely.
/// </summary>
internal sealed class ColumnTraits
{
    // What the value of a column has that has the most: of a codice fiscale letters may stand in the place of digits, but not in each.
    private const int FewestDigits = 3;
    private const int DigitsOfPhones = 7;
    private const int DigitsOfPersons = 7;
    private const int DigitsOfAccounts = 8;
    private const int DigitsOfCards = 14;

    private readonly bool _hasAt;
    private readonly bool _hasPoint;
    private readonly bool _hasColon;
    private readonly int _digits;

    /// <summary>Looks at values.</summary>
    public ColumnTraits(IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            var digits = 0;
            foreach (var character in value)
            {
                _hasAt |= character == '@';
                _hasPoint |= character == '.';
                _hasColon |= character == ':';
                digits += char.IsAsciiDigit(character) ? 1 : 0;
            }

            _digits = Math.Max(_digits, digits);
        }
    }

    /// <summary>Whether a value may be of a kind.</summary>
    public bool MayHold(PiiKind kind) => kind switch
    {
        PiiKind.Email => _hasAt,
        PiiKind.Phone => _digits >= DigitsOfPhones,
        PiiKind.CardNumber => _digits >= DigitsOfCards,
        PiiKind.Iban => _digits >= DigitsOfAccounts,
        PiiKind.NationalId => _digits >= DigitsOfPersons,
        PiiKind.IpAddress => _hasColon || (_hasPoint && _digits >= FewestDigits),
        PiiKind.Coordinates => _hasPoint && _digits >= FewestDigits,
        PiiKind.FreeText => _hasAt || _digits >= DigitsOfPhones,
        _ => true,
    };
}
