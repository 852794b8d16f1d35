using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Publication;

/// <summary>What a publication would write: nothing of it has been written yet.</summary>
public sealed class PublicationPlan
{
    private readonly MapFile _map;

    internal PublicationPlan(MapFile map, IReadOnlyList<PlannedCopy> copies, IReadOnlyList<LoyaltyException> problems)
    {
        _map = map;
        Copies = copies;
        Problems = problems;
    }

    /// <summary>The copies.</summary>
    public IReadOnlyList<PlannedCopy> Copies { get; }

    /// <summary>Files that are not published, and why.</summary>
    public IReadOnlyList<LoyaltyException> Problems { get; }

    /// <summary>How many spellings the map holds.</summary>
    public int Names => _map.Names.Rows.Count;

    /// <summary>Writes the map. It comes before the copies: without it none of them could be restored.</summary>
    /// <param name="cancellationToken">Gives up waiting where another program has it open.</param>
    /// <exception cref="LoyaltyException"><c>PublicationMapInvalid</c>, <c>FileInUse</c>.</exception>
    public void WriteMap(CancellationToken cancellationToken) => _map.Write(cancellationToken);
}
