namespace LoyaltyPipeline.Core.Publication;

/// <summary>A file that can be written: of a publication a copy, of a restoration the original.</summary>
public sealed class PlannedCopy
{
    private readonly byte[] _content;

    internal PlannedCopy(PublishedFile file, byte[] content)
    {
        File = file;
        _content = content;
    }

    /// <summary>What is to be written.</summary>
    public PublishedFile File { get; }

    /// <summary>Why it cannot be proven to be what was published; null where it can, or need not.</summary>
    public string? Doubt { get; internal init; }

    /// <summary>Writes it, in place of one that is there.</summary>
    /// <param name="cancellationToken">Gives up waiting where another program has it open.</param>
    /// <exception cref="Errors.LoyaltyException"><c>PublicationUnwritable</c>, <c>FileInUse</c>.</exception>
    public void Write(CancellationToken cancellationToken) => CopyFile.Write(File.Destination, _content, cancellationToken);
}
