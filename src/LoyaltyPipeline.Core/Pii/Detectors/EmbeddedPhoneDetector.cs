using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>A telephone number with the code of its country in a text.</summary>
internal sealed partial class EmbeddedPhoneDetector : EmbeddedDetector
{
    private readonly InternationalPhoneDetector _whole = new(needsName: false);

    public override double Chance => 0.3;

    public override bool IsCostly => true;

    protected override IEnumerable<(int Start, int Length)> Candidates(string text) =>
        text.Contains('+') ? Part().Matches(text).Select(match => (match.Index, match.Length)) : [];

    protected override ValueMatch LookAt(string part) => _whole.Look(part);

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}])\+[1-9][0-9]([0-9 ()/.-]{5,18})[0-9]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
