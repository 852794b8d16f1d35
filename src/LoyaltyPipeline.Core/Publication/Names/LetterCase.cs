namespace LoyaltyPipeline.Core.Publication.Names;

/// <summary>Writes a name in the letters of another: TABLE_A, table_a, Table_A or table_A.</summary>
internal static class LetterCase
{
    /// <summary>The ways to write a name, the one that is like the other first, then every one there is.</summary>
    /// <param name="parts">The name: its words and what stands between them.</param>
    public static IEnumerable<string> Ways(IReadOnlyList<string> parts, string model) =>
        Others(string.Concat(parts)).Prepend(Like(parts, model));

    private static string Like(IReadOnlyList<string> parts, string model)
    {
        var letters = model.Where(char.IsLetter).ToList();
        if (!letters.Exists(char.IsUpper))
            return string.Concat(parts);
        if (!letters.Exists(char.IsLower))
            return string.Concat(parts).ToUpperInvariant();
        return string.Concat(parts.Select((part, at) => at == 0 && !char.IsUpper(letters[0]) ? part : Capitalised(part)));
    }

    private static string Capitalised(string part) => $"{char.ToUpperInvariant(part[0])}{part[1..]}";

    // Few spellings are neither of the usual ones: each gets a way of its own.
    private static IEnumerable<string> Others(string name)
    {
        const int MostLetters = 20;
        var letters = Enumerable.Range(0, name.Length).Where(at => char.IsLetter(name[at])).Take(MostLetters).ToList();
        for (var mask = 0; mask < 1 << letters.Count; mask++)
        {
            var way = name.ToCharArray();
            for (var letter = 0; letter < letters.Count; letter++)
            {
                if ((mask >> letter & 1) == 1)
                    way[letters[letter]] = char.ToUpperInvariant(way[letters[letter]]);
            }

            yield return new string(way);
        }
    }
}
