using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>The number of a bank account in a text.</summary>
internal sealed partial class EmbeddedIbanDetector : EmbeddedDetector
{
    private readonly IbanDetector _whole = new();

    public override double Chance => 1.0 / 97;

    protected override IEnumerable<(int Start, int Length)> Candidates(string text) =>
        text.AsSpan().ContainsAnyInRange('0', '9') ? Part().Matches(text).Select(match => (match.Index, match.Length)) : [];

    protected override ValueMatch LookAt(string part) => _whole.Look(IbanDetector.Begin(part));

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}])[A-Z]{2}[0-9]{2}( ?[A-Z0-9]){11,48}(?![\p{L}\p{N}])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
