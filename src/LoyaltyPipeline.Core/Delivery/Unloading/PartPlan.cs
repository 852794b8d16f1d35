using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Delivery.Unloading;

/// <summary>
/// Where a delivery is cut into files. Users are counted off in sections of equal size; the first of them, written for trial, tells how many make
/// a file of the size wanted. So the cuts depend on nothing but the rows.
/// </summary>
internal sealed class PartPlan
{
    private const int SectionRows = 10_000;

    private readonly IReadOnlyList<long> _starts;
    private readonly long _partBytes;

    private PartPlan(IReadOnlyList<long> starts, long rows, long partBytes)
    {
        _partBytes = partBytes;
        _starts = starts;
        Rows = rows;
    }

    /// <summary>Rows in all.</summary>
    public long Rows { get; }

    /// <summary>The users that are written for trial.</summary>
    public DeliveryPart Sample => Part(1, first: 0, sections: 1);

    /// <summary>Counts users off.</summary>
    /// <param name="session">The session.</param>
    /// <param name="users">The users.</param>
    /// <param name="partBytes">The size of a file as the engine writes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PartPlan> CreateAsync(IWarehouseSession session, UserSequence users, long partBytes, CancellationToken cancellationToken)
    {
        var rows = await session.CountAsync($"SELECT COUNT(*) FROM ({users.Sql}) AS u", cancellationToken);
        var starts = await session.ListAsync(
            $"SELECT USER_ID FROM (SELECT u.USER_ID, ROW_NUMBER() OVER ({(users.IsInOrder ? string.Empty : "ORDER BY u.USER_ID")}) - 1 AS N FROM ({users.Sql}) AS u) AS n WHERE N % {SectionRows} = 0 ORDER BY USER_ID",
            [],
            reader => reader.LongAt(0),
            cancellationToken);
        return new PartPlan(starts, rows, partBytes);
    }

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

    private static int DivideUp(int number, int divisor) => (number + divisor - 1) / divisor;

    private DeliveryPart Part(int number, int first, int sections)
    {
        var next = first + sections;
        var isLast = next >= _starts.Count;
        return new DeliveryPart(number, new UserRange(_starts[first], isLast ? null : _starts[next]), isLast ? Rows - ((long)first * SectionRows) : (long)sections * SectionRows);
    }
}
