namespace LoyaltyPipeline.Core.Pii;

/// <summary>What makes values of a kind a finding.</summary>
/// <param name="Share">The share of values that must be of the kind, beyond chance.</param>
/// <param name="ShareWithName">The same where the name of the column says the kind.</param>
/// <param name="Purity">The share that must match of the values that are written like the kind.</param>
/// <param name="SpeaksForItself">Whether values alone can be sure.</param>
internal sealed record KindRule(double Share, double ShareWithName, double Purity, bool SpeaksForItself)
{
    /// <summary>Whether it is in parts of texts, of which few have any.</summary>
    public bool IsOfParts { get; init; }

    /// <summary>The rule of a kind.</summary>
    public static KindRule Of(PiiKind kind) => kind switch
    {
        PiiKind.Email => new KindRule(0.02, 0.005, 0.5, SpeaksForItself: true),
        PiiKind.Iban => new KindRule(0.02, 0.005, 0.3, SpeaksForItself: true),
        PiiKind.CardNumber => new KindRule(0.1, 0.05, 0.3, SpeaksForItself: true),
        PiiKind.NationalId => new KindRule(0.1, 0.05, 0.3, SpeaksForItself: true),
        PiiKind.Phone => new KindRule(0.2, 0.1, 0.8, SpeaksForItself: false),
        PiiKind.PersonName => new KindRule(0.25, 0.4, 0.3, SpeaksForItself: false),
        PiiKind.IpAddress => new KindRule(0.3, 0.1, 0.7, SpeaksForItself: true),
        PiiKind.Coordinates => new KindRule(0.5, 0.3, 0.7, SpeaksForItself: false),
        PiiKind.FreeText => new KindRule(0.002, 0.001, 0.5, SpeaksForItself: false) { IsOfParts = true },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };
}
