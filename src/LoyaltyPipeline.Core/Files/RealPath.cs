namespace LoyaltyPipeline.Core.Files;

/// <summary>Where a path leads once every link in it has been followed.</summary>
internal static class RealPath
{
    // As many as the operating systems follow.
    private const int MostLinks = 40;

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>Follows every link of a path; what is not there stays as it is written.</summary>
    /// <returns>The full path of what it leads to.</returns>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var place = Path.GetPathRoot(full)!;
        var parts = new Stack<string>(Parts(full[place.Length..]));
        for (var links = 0; parts.TryPop(out var part);)
        {
            if (part is "." or "..")
            {
                place = part == "." ? place : Path.GetDirectoryName(place) ?? place;
                continue;
            }

            var next = Path.Combine(place, part);
            if (FileFacts.LinkTarget(next) is not { } target)
            {
                place = next;
                continue;
            }

            if (++links > MostLinks)
                throw new IOException($"The links of {path} lead in a circle.");
            var root = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : string.Empty;
            place = root.Length > 0 ? Path.GetPathRoot(Path.GetFullPath(root))! : place;
            foreach (var step in Parts(target[root.Length..]))
                parts.Push(step);
        }

        return place;
    }

    /// <summary>Whether a path leads to a place in a folder, links followed on both sides.</summary>
    /// <returns>Whether it does; the folder itself is not in it.</returns>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static bool IsIn(string folder, string path) =>
        Of(path).StartsWith(Of(folder).TrimEnd(Separators) + Path.DirectorySeparatorChar, PathSpelling.Comparison);

    /// <summary>Whether two paths lead to the same place.</summary>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static bool IsSamePlace(string one, string other) => PathSpelling.Comparer.Equals(Of(one), Of(other));

    /// <summary>Whether two paths lead to the same file, also where it has several names.</summary>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static bool IsSameFile(string one, string other) =>
        IsSamePlace(one, other) || (FileFacts.IdentityOf(one) is { } identity && identity == FileFacts.IdentityOf(other));

    // The last first, as a stack takes them.
    private static IEnumerable<string> Parts(string path) => path.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Reverse();
}
