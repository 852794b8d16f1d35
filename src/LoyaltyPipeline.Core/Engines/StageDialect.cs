namespace LoyaltyPipeline.Core.Engines;

/// <summary>How an engine writes files by itself: into a stage, which is its own name for a place where files lie.</summary>
public abstract class StageDialect
{
    /// <summary>The formats that the engine writes as a manifest promises.</summary>
    public abstract IReadOnlyList<FileFormat> Formats { get; }

    /// <summary>How the addresses of stages on S3 begin; what follows is bucket and prefix.</summary>
    public abstract IReadOnlyList<string> S3Schemes { get; }

    /// <summary>
    /// The statement that tells of a stage: rows with <c>property</c> and <c>property_value</c>, of which <c>URL</c> is one.
    /// </summary>
    public abstract string Describe(string stage);

    /// <summary>The statement that lists files: <c>name</c> is the whole address of a file, <c>size</c> its bytes.</summary>
    /// <param name="location">How their locations begin.</param>
    public abstract string List(string location);

    /// <summary>The statement that writes the rows of a query, in their order, into one file, and counts them.</summary>
    public abstract string Unload(string location, string query, UnloadFormat format);
}
