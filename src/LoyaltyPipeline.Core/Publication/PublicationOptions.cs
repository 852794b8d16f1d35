namespace LoyaltyPipeline.Core.Publication;

/// <summary>What is to be published, and how.</summary>
/// <param name="Paths">Full paths of files and folders.</param>
/// <param name="Destination">The full path of the folder of the copies.</param>
/// <param name="Map">The full path of the map.</param>
/// <param name="PowerShell">PowerShell's own parser, which this library does not know.</param>
public sealed record PublicationOptions(
    IReadOnlyList<string> Paths, string Destination, string Map, Func<string, IReadOnlyList<Languages.ScriptToken>> PowerShell)
{
    /// <summary>Names, and patterns of names, that stay.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Words that are renamed wherever they stand.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whether the names stay that the module's code demands.</summary>
    public bool IsRunnable { get; init; }
}
