using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Hashing;
using LoyaltyPipeline.Core.Publication.Renaming;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Publication;

/// <summary>Puts the original names back into copies.</summary>
public static class ScriptRestorer
{
    /// <summary>Plans a restoration: reads all copies and writes nothing.</summary>
    /// <param name="paths">Full paths of copies, and of folders of them.</param>
    /// <param name="destination">The full path of the folder of what comes back.</param>
    /// <param name="mapPath">The full path of the map.</param>
    /// <param name="reporter">Is told what is left out.</param>
    /// <returns>What would be written.</returns>
    /// <exception cref="LoyaltyException"><c>ScriptNotFound</c>, <c>PublicationMapInvalid</c>, <c>PublicationUnwritable</c>.</exception>
    public static PublicationPlan Plan(IReadOnlyList<string> paths, string destination, string mapPath, IRunReporter reporter)
    {
        var map = MapFile.Read(mapPath, isNew: false);
        var problems = new List<LoyaltyException>();
        var originals = new List<PlannedCopy>();
        foreach (var file in new ScriptFiles([mapPath, destination], reporter).Find(paths))
        {
            try
            {
                originals.Add(Restore(file, destination, map));
            }
            catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.ScriptUnusable
                || exception.Definition == LoyaltyErrors.PublicationMapForeign)
            {
                problems.Add(exception);
            }
        }

        PublicationPlaces.DemandDistinct([.. originals.Select(original => original.File)], mapPath);
        return new PublicationPlan(map, originals, problems);
    }

    private static PlannedCopy Restore(ScriptFile file, string destination, MapFile map)
    {
        var copy = ScriptText.Read(file.Path);
        var bytes = (copy with { Text = Renamer.Restore(copy.Text, map.Names) }).Bytes;
        var isProven = map.Hashes.Contains(TextHash.Sha256(bytes));
        if (!isProven && Renamer.Strangers(copy.Text, map.Names).FirstOrDefault() is { } stranger)
            throw LoyaltyErrors.PublicationMapForeign.Because(
                $"{file.Path} line {LineOf(copy.Text, stranger)}: the map {map.Path} does not know {stranger}.", file.Path);
        var name = Renamer.Restore(file.Name, map.Names).Replace('/', Path.DirectorySeparatorChar);
        return new PlannedCopy(
            new PublishedFile(file.Path, Path.Combine(destination, name), file.Kind, CopyNames.Count(copy.Text, map.Names)), bytes)
        {
            Doubt = isProven
                ? null
                : $"{file.Path} was changed after it was published, or published with another map: what comes back is none of the files that the map knows.",
        };
    }

    private static int LineOf(string text, string word) =>
        text.AsSpan(0, text.IndexOf(word, StringComparison.Ordinal)).Count('\n') + 1;
}
