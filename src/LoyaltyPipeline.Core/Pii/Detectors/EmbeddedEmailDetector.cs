using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>An e-mail address in a text.</summary>
internal sealed partial class EmbeddedEmailDetector : EmbeddedDetector
{
    public override double Chance => 1e-5;

    protected override IEnumerable<(int Start, int Length)> Candidates(string text) =>
        text.Contains('@') ? Part().Matches(text).Select(match => (match.Index, match.Length)) : [];

    protected override ValueMatch LookAt(string part) => EmailDetector.IsAddress(part.Trim('.')) ? ValueMatch.Match : ValueMatch.None;

    [GeneratedRegex(
        @"[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]+@[\p{L}\p{N}.-]+\.\p{L}{2,24}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
