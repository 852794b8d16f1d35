using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Publication;

/// <summary>Finds the files that are meant by files and folders.</summary>
/// <param name="apart">What is never meant: the map, and the folder of the copies.</param>
/// <param name="reporter">Is told of files in folders that are of no known language.</param>
internal sealed class ScriptFiles(IReadOnlyList<string> apart, IRunReporter reporter)
{
    private const string Extensions = ".sql, .yml, .yaml, .md, .csv, .tsv, .ps1, .psm1 and .psd1";

    /// <summary>The language of a file by its name; null where it is none that is known.</summary>
    public static ScriptKind? KindOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".sql" => ScriptKind.Sql,
        ".yml" or ".yaml" => ScriptKind.Yaml,
        ".md" or ".markdown" => ScriptKind.Markdown,
        ".csv" or ".tsv" => ScriptKind.Csv,
        ".ps1" or ".psm1" or ".psd1" => ScriptKind.PowerShell,
        _ => null,
    };

    /// <summary>The files, in the order of what was named and by name within a folder.</summary>
    /// <param name="paths">Full paths of files and folders.</param>
    /// <exception cref="LoyaltyException"><c>ScriptNotFound</c>, <c>ScriptUnusable</c>.</exception>
    public IReadOnlyList<ScriptFile> Find(IReadOnlyList<string> paths) =>
        [.. paths.SelectMany(Find).DistinctBy(file => file.Path, PathSpelling.Comparer)];

    private IEnumerable<ScriptFile> Find(string path)
    {
        if (Directory.Exists(path))
            return InFolder(path);
        if (!File.Exists(path))
            throw LoyaltyErrors.ScriptNotFound.Because($"There is no file or folder {path}.", path);
        var kind = KindOf(path) ?? throw LoyaltyErrors.ScriptUnusable.Because(
            $"{path} is of no language that is known.", path, $"Name files that end in {Extensions}.");
        return [new ScriptFile(path, Path.GetFileName(path), kind)];
    }

    private List<ScriptFile> InFolder(string folder)
    {
        var found = new List<ScriptFile>();
        var others = new List<string>();
        foreach (var path in FilesBelow(folder).Where(path => !IsApart(path)).Order(StringComparer.Ordinal))
        {
            if (KindOf(path) is { } kind)
                found.Add(new ScriptFile(path, NameOf(folder, path), kind));
            else
                others.Add(NameOf(folder, path));
        }

        if (others.Count > 0)
            reporter.Warning(
                $"{others.Count} {(others.Count == 1 ? "file" : "files")} of {folder} left out, of no language that is known: {string.Join(", ", others.Take(3))}{(others.Count > 3 ? ", …" : string.Empty)}");
        if (found.Count == 0)
            reporter.Warning($"{folder} holds no file that ends in {Extensions}.");
        return found;
    }

    // What is hidden is of tools, such as .git. A link may lead anywhere.
    private static IEnumerable<string> FilesBelow(string folder) => Directory.EnumerateFiles(
        folder, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = false,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        });

    private static string NameOf(string folder, string path) =>
        Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');

    private bool IsApart(string path) => apart.Any(place => RealPath.IsSamePlace(place, path) || RealPath.IsIn(place, path));
}
