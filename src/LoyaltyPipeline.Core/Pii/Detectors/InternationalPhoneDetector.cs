namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>A telephone number with the code of its country.</summary>
/// <param name="needsName">Whether the column's name must say it; then it is enough that the number is as long as those of its country, as
/// numbers are that a test or a film invents.</param>
internal sealed class InternationalPhoneDetector(bool needsName) : IValueDetector
{
    public PiiKind Kind => PiiKind.Phone;

    public double Chance => 0.3;

    public bool NeedsName => needsName;

    public bool IsCostly => true;

    public ValueMatch Look(string value)
    {
        var text = value.StartsWith("00", StringComparison.Ordinal) ? $"+{value[2..]}" : value;
        if (!text.StartsWith('+') || !PhoneText.HasForm(text))
            return ValueMatch.None;
        return (needsName ? PhoneText.IsPossible(text, region: null) : PhoneText.IsValid(text, region: null))
            ? ValueMatch.Match
            : ValueMatch.Form;
    }
}
