namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>
/// The name of a person, known by a given name in it: at its beginning, or behind the comma that follows the family name.
/// </summary>
internal sealed class GivenNameDetector : IValueDetector
{
    // Titles stand before the name that counts.
    private static readonly HashSet<string> Titles = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "herr",
        "frau",
        "sr",
        "sra",
        "mme",
        "m",
    };

    public PiiKind Kind => PiiKind.PersonName;

    public double Chance => 0.15;

    public ValueMatch Look(string value)
    {
        var words = PersonNameText.Words(value);
        if (words.Count == 0)
            return ValueMatch.None;
        var position = value.Contains(',', StringComparison.Ordinal)
            ? words.Count - 1
            : Titles.Contains(words[0]) && words.Count > 1 ? 1 : 0;
        return GivenNames.Has(words[position]) || (position > 1 && GivenNames.Has(words[1])) ? ValueMatch.Match : ValueMatch.Form;
    }
}
