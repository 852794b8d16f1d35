namespace LoyaltyPipeline.Core.Answers;

/// <summary>Names of which no two are alike: the first of several keeps its name, the others get a number.</summary>
internal static class UniqueNames
{
    /// <summary>Makes names unique, whatever their case.</summary>
    /// <returns>The names in their order: A, A_1, A_2.</returns>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> names)
    {
        var given = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. names.Select(name => taken.Add(name) ? name : Numbered(name))];

        string Numbered(string name) =>
            Enumerable.Range(1, names.Count).Select(number => $"{name}_{number}").First(one => !given.Contains(one) && taken.Add(one));
    }
}
