using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>An e-mail address, also one that follows a name: <c>Ada &lt;ada@example.org&gt;</c>.</summary>
internal sealed partial class EmailDetector : IValueDetector
{
    private const int LongestLocalPart = 64;
    private const int Longest = 254;

    // A picture for screens of high density (icon@2x.png) is called like an address.
    private static readonly HashSet<string> FileEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        "png",
        "jpg",
        "jpeg",
        "gif",
        "svg",
        "webp",
        "css",
        "js",
        "json",
        "html",
        "pdf",
        "txt",
        "xml",
        "local",
        "localhost",
    };

    public PiiKind Kind => PiiKind.Email;

    public double Chance => 1e-5;

    public ValueMatch Look(string value)
    {
        var text = value.AsSpan();
        if (text.Count('@') != 1)
            return ValueMatch.None;
        if (text[^1] == '>' && text.LastIndexOf('<') is >= 0 and var open)
            text = text[(open + 1)..^1];
        else if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            text = text["mailto:".Length..];
        return IsAddress(text) ? ValueMatch.Match : ValueMatch.None;
    }

    /// <summary>Whether a text is an address and nothing else.</summary>
    public static bool IsAddress(ReadOnlySpan<char> text) =>
        text.Length <= Longest && text.IndexOf('@') is > 0 and <= LongestLocalPart && Address().IsMatch(text)
            && !FileEndings.Contains(text[(text.LastIndexOf('.') + 1)..].ToString());

    [GeneratedRegex(
        @"^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+(\p{L}{2,24}|xn--[a-z0-9-]{2,59})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
