using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Publication;

/// <summary>Makes sure that files go where they may.</summary>
internal static class PublicationPlaces
{
    /// <summary>Demands that the map is no part of what is published.</summary>
    /// <exception cref="LoyaltyException"><c>PublicationMapExposed</c>.</exception>
    public static void DemandApart(string map, string destination)
    {
        if (RealPath.IsIn(destination, map) || RealPath.IsSamePlace(destination, map))
            throw LoyaltyErrors.PublicationMapExposed.Because($"The map {map} would lie in {destination}, which is published.", map);
    }

    /// <summary>Demands that each file has a place of its own, which is none of a file that is read.</summary>
    /// <exception cref="LoyaltyException"><c>PublicationUnwritable</c>, <c>PublicationMapExposed</c>.</exception>
    public static void DemandDistinct(IReadOnlyList<PublishedFile> files, string map)
    {
        var sources = files.Select(file => RealPath.Of(file.Path)).ToHashSet(PathSpelling.Comparer);
        if (files.FirstOrDefault(file => RealPath.IsSamePlace(file.Path, map)) is not null)
            throw LoyaltyErrors.PublicationMapExposed.Because(
                $"The map {map} is among the files that are read.", map, "Leave it out, and keep it in a private folder.");
        var places = new Dictionary<string, string>(PathSpelling.Comparer);
        foreach (var file in files)
        {
            if (sources.Contains(RealPath.Of(file.Destination)))
                throw LoyaltyErrors.PublicationUnwritable.Because(
                    $"{file.Path} would be written over {file.Destination}, which is one of the files that are read.", file.Destination);
            if (!places.TryAdd(file.Destination, file.Path))
                throw LoyaltyErrors.PublicationUnwritable.Because(
                    $"{file.Path} and {places[file.Destination]} would both be written to {file.Destination}.", file.Destination,
                    "Name the folder that both are in, or publish them into different folders.");
        }
    }
}
