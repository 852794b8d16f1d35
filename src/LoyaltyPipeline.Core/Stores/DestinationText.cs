using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Stores;

/// <summary>Destinations as users write them.</summary>
public static partial class DestinationText
{
    /// <summary>How a destination on S3 begins.</summary>
    public const string S3Scheme = "s3://";

    /// <summary>Whether a destination is on S3.</summary>
    /// <returns>Whether it is; else it is a folder.</returns>
    public static bool IsS3(string destination) => destination.StartsWith(S3Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The destination by its full name.</summary>
    /// <param name="folder">Where a relative folder begins.</param>
    /// <param name="resolved"><c>s3://bucket/prefix</c> without a slash at its end, or the full path of a folder, which is spelled in one
    /// way however it is written.</param>
    /// <param name="problem">Why it is none, as a sentence; null where it is one.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryResolve(string destination, string folder, out string resolved, [NotNullWhen(false)] out string? problem)
    {
        problem = ProblemOf(destination);
        resolved = problem is not null
            ? string.Empty
            : IsS3(destination)
                ? S3Scheme + destination[S3Scheme.Length..].TrimEnd('/')
                : PathSpelling.Of(Path.GetFullPath(destination, folder));
        return problem is null;
    }

    /// <summary>The destination by its full name.</summary>
    /// <param name="folder">Where a relative folder begins.</param>
    /// <exception cref="LoyaltyException"><c>DestinationInvalid</c>.</exception>
    public static string Resolve(string destination, string folder) =>
        TryResolve(destination, folder, out var resolved, out var problem)
            ? resolved
            : throw LoyaltyErrors.DestinationInvalid.Because(problem, WithoutAccount(destination));

    /// <summary>Where something at a destination is, spelled as one writes places there.</summary>
    /// <param name="destination">The destination by its full name, or a folder below it.</param>
    /// <param name="key">Which file or folder, with <c>/</c> between its parts.</param>
    internal static string At(string destination, string key) =>
        IsS3(destination) ? $"{destination}/{key}" : Path.Combine(destination, key.Replace('/', Path.DirectorySeparatorChar));

    // What stands before the last @ of an address may be an account with its password, and what follows ? a signature.
    private static string WithoutAccount(string destination) => Account().Replace(destination, "${scheme}***@").Split('?')[0];

    private static string? ProblemOf(string destination)
    {
        if (IsS3(destination))
            return ProblemOfS3(destination);
        if (string.IsNullOrWhiteSpace(destination))
            return "An empty text is no destination.";
        if (Scheme().IsMatch(destination))
            return $"'{WithoutAccount(destination)}' is neither s3://bucket/prefix nor a folder.";
        if (WindowsPath.ProblemHere(destination) is { } problem)
            return $"'{destination}' {problem}.";
        if (WindowsPath.ForbiddenHere(destination) is { } forbidden)
            return $"'{destination}' has {(char.IsControl(forbidden) ? $"the control character U+{(int)forbidden:X4}" : forbidden)} in it, which no name of a folder can have.";
        return ShellWord().IsMatch(destination)
            ? $"'{destination}' has a word that only a shell would replace; write the folder in full."
            : null;
    }

    // S3 takes nearly everything for a name. What is meant by a part that is empty, or that a folder would not have, nobody can say.
    private static string? ProblemOfS3(string destination)
    {
        var place = destination[S3Scheme.Length..];
        var parts = (place.EndsWith('/') ? place[..^1] : place).Split('/');
        if (parts[0].Length == 0)
            return $"'{destination}' names no bucket.";
        // Keys are not said again: what is wrong with a destination is shown and logged.
        if (parts[0].Contains('@', StringComparison.Ordinal))
            return "A destination on S3 has no keys in it: write s3://bucket/prefix, and give keys by a profile or the environment.";
        if (parts[0].Any(char.IsWhiteSpace))
            return $"'{destination}' has a blank in the name of the bucket.";
        return Array.Find(parts, part => part is "" or "." or ".." || part != part.Trim()) is { } part
            ? $"'{destination}' has {(part.Length == 0 ? "an empty part" : $"the part '{part}'")} between its slashes."
            : null;
    }

    [GeneratedRegex(
        "^(?<scheme>[A-Za-z][A-Za-z0-9+.-]+:/*)[^/]*@", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Account();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]+:", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex(
        @"^~|(^|[\\/])\$|%[A-Za-z_]+%", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShellWord();
}
