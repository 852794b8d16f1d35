using System.Buffers;
using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>The names in a path: without extensions, without what counts days or parts, without wildcards.</summary>
internal static partial class PathNames
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(@"\/*?=&#;:{}()[]$%,+~<>| ");

    /// <summary>Where they are.</summary>
    public static IEnumerable<(int Start, int Length)> In(string path)
    {
        for (var start = 0; start < path.Length;)
        {
            var length = path.AsSpan(start).IndexOfAny(Separators) is var found and >= 0 ? found : path.Length - start;
            var part = path.Substring(start, length);
            var lead = part.Length - part.TrimStart('.').Length;
            var name = Tail().Replace(part[lead..], string.Empty, 1);
            // A letter is a drive, or says nothing.
            if (name.Length > 1 && name.Any(char.IsLetter))
                yield return (start + lead, name.Length);
            start += length + 1;
        }
    }

    [GeneratedRegex(
        @"([-_.]\d{4}-\d\d(-\d\d)?|[-_.]\d{8}(T\d+)?|[-_]\d\d)?(\.[A-Za-z][A-Za-z0-9]{0,8})*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tail();
}
