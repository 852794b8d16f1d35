namespace LoyaltyPipeline.Core.Publication;

/// <summary>A file and its copy.</summary>
public sealed class PublishedFile
{
    internal PublishedFile(string path, string destination, ScriptKind kind, int renamed)
    {
        Path = path;
        Destination = destination;
        Kind = kind;
        Renamed = renamed;
    }

    /// <summary>The file that was read.</summary>
    public string Path { get; }

    /// <summary>The file that was written; of one that was only verified, the file itself.</summary>
    public string Destination { get; }

    /// <summary>Its language.</summary>
    public ScriptKind Kind { get; }

    /// <summary>How many names were renamed in it, each place counted; of a copy, how many stand in it.</summary>
    public int Renamed { get; }

    /// <summary>Whether it was verified and nothing found; null where it was not verified.</summary>
    public bool? Verified { get; internal set; }

    /// <summary>How many statements of it the engine planned alike before and after; null where it was not verified.</summary>
    public int? Planned { get; internal set; }

    /// <summary>The same file with what its verification said.</summary>
    /// <param name="copy">The copy as it was verified.</param>
    public PublishedFile With(PublishedFile copy) =>
        new(Path, Destination, Kind, Renamed) { Verified = copy.Verified, Planned = copy.Planned };
}
