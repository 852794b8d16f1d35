using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>The number of a payment card in a text.</summary>
internal sealed partial class EmbeddedCardDetector : EmbeddedDetector
{
    private readonly CardNumberDetector _whole = new();

    public override double Chance => 0.1;

    protected override IEnumerable<(int Start, int Length)> Candidates(string text) =>
        text.AsSpan().ContainsAnyInRange('0', '9') ? Part().Matches(text).Select(match => (match.Index, match.Length)) : [];

    protected override ValueMatch LookAt(string part) => _whole.Look(part);

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}.,-])[0-9]{4}([ -]?[0-9]{2,6}){2,4}(?![\p{L}\p{N}-])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
