using LoyaltyPipeline.Core.Pii;

namespace LoyaltyPipeline.Core.PiiScan;

/// <summary>The names that files give their columns: of a file without a header they are a row of data, and may be a person's.</summary>
internal static class PiiHeader
{
    /// <summary>A name as it may be shown: masked where it is an address, a number or a name itself.</summary>
    public static string Shown(string name) =>
        PiiDetectors.All.Any(detector => !detector.NeedsName && IsSure(detector.Kind, name) && detector.Look(name) == ValueMatch.Match)
            ? PiiMask.Of(name)
            : name;

    // A column may be called Max.
    private static bool IsSure(PiiKind kind, string name) => kind != PiiKind.PersonName || name.Contains(' ', StringComparison.Ordinal);
}
