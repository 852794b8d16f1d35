namespace LoyaltyPipeline.Core.Subjects;

/// <summary>All that is held of a user.</summary>
/// <param name="ReadAt">When it was read (UTC).</param>
/// <param name="ErasedAt">When the user was erased (UTC); null where that was not.</param>
/// <param name="Sections">The rows, by table.</param>
/// <param name="Deliveries">The deliveries that hold the user, the newest first.</param>
internal sealed record SubjectDocument(
    long UserId, DateTime ReadAt, DateTime? ErasedAt, IReadOnlyList<SubjectSection> Sections, IReadOnlyList<SubjectDelivery> Deliveries)
{
    /// <summary>Tells files of this kind from any other.</summary>
    public const string Kind = "loyalty-user-export";

    /// <summary>Whether nothing is held, not even that the user was erased.</summary>
    public bool IsEmpty => ErasedAt is null && Deliveries.Count == 0 && Sections.All(section => section.Rows.Count == 0);
}
