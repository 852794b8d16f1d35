namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>What is written like a name, in a column that is called so.</summary>
internal sealed class NamedPersonDetector : IValueDetector
{
    public PiiKind Kind => PiiKind.PersonName;

    public double Chance => 0.3;

    public bool NeedsName => true;

    // Of other things written so nothing tells it apart but the name of the column.
    public ValueMatch Look(string value) => PersonNameText.Words(value).Count > 0 ? ValueMatch.Match : ValueMatch.Form;
}
