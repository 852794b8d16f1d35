using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Delivery.Files;

/// <summary>
/// Where a delivery is cut into files. Users are counted off in sections of equal size; the first of them, written for trial, tells how
/// many make a file of the size wanted. So the cuts depend on nothing but the rows.
/// </summary>
internal sealed class PartPlan
{
    private const int SectionRows = 10_000;

    private readonly IReadOnlyList<long> _starts;
    private readonly long _partBytes;

    private PartPlan(IReadOnlyList<long> starts, long rows, bool isStoredInOrder, long partBytes)
    {
        _partBytes = partBytes;
        _starts = starts;
        Rows = rows;
        IsStoredInOrder = isStoredInOrder;
    }

    public long Rows { get; }

    /// <summary>Whether users were counted off as they are stored: then their rows come in order, and need not be sorted.</summary>
    public bool IsStoredInOrder { get; }

    /// <summary>The users that are written for trial.</summary>
    public DeliveryPart Sample => Part(1, first: 0, sections: 1);

    /// <summary>Counts users off as they are stored.</summary>
    /// <param name="session">The session of an engine that has a stored order.</param>
    /// <param name="users">SQL of the users, which reads one table.</param>
    /// <param name="partBytes">The size of a file as the engine writes it.</param>
    /// <returns>Null where they are not stored in order.</returns>
    public static async Task<PartPlan?> OfStoredAsync(
        IWarehouseSession session, string users, long partBytes, CancellationToken cancellationToken)
    {
        var sections = await CountOffAsync(session, users, isSorted: false, cancellationToken);
        return sections.Any(section => section.OutOfOrder > 0) ? null : Of(sections, isStoredInOrder: true, partBytes);
    }

    /// <summary>Sorts users and counts them off.</summary>
    /// <param name="users">SQL of the users.</param>
    /// <param name="partBytes">The size of a file as the engine writes it.</param>
    public static async Task<PartPlan> OfSortedAsync(
        IWarehouseSession session, string users, long partBytes, CancellationToken cancellationToken) =>
        Of(await CountOffAsync(session, users, isSorted: true, cancellationToken), isStoredInOrder: false, partBytes);

    /// <summary>Cuts.</summary>
    /// <param name="sampleBytes">The size of the sample.</param>
    /// <returns>The files to be written.</returns>
    public IReadOnlyList<DeliveryPart> Cut(long sampleBytes)
    {
        var most = (int)Math.Clamp(_partBytes / Math.Max(sampleBytes, 1), 1, Math.Max(_starts.Count, 1));
        var files = DivideUp(_starts.Count, most);
        // An even number of them, about equal: no last one is written alone while other cores have nothing to do.
        var sections = DivideUp(_starts.Count, files > 1 ? files + (files % 2) : 1);
        return [.. Enumerable.Range(0, DivideUp(_starts.Count, sections)).Select(index => Part(index + 1, index * sections, sections))];
    }

    private static PartPlan Of(IReadOnlyList<(long Start, long Rows, long OutOfOrder)> sections, bool isStoredInOrder, long partBytes) =>
        new([.. sections.Select(section => section.Start)], sections.Sum(section => section.Rows), isStoredInOrder, partBytes);

    private static Task<IReadOnlyList<(long Start, long Rows, long OutOfOrder)>> CountOffAsync(
        IWarehouseSession session, string users, bool isSorted, CancellationToken cancellationToken) => session.ListAsync(
        DeliverySql.CountOff(users, isSorted, SectionRows),
        [],
        reader => (reader.LongAt(0), reader.LongAt(1), reader.LongAt(2)),
        cancellationToken);

    private static int DivideUp(int number, int divisor) => (number + divisor - 1) / divisor;

    private DeliveryPart Part(int number, int first, int sections)
    {
        var next = first + sections;
        var isLast = next >= _starts.Count;
        return new DeliveryPart(
            number, new UserRange(_starts[first], isLast ? null : _starts[next]),
            isLast ? Rows - ((long)first * SectionRows) : (long)sections * SectionRows);
    }
}
