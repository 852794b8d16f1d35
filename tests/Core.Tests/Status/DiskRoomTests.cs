using LoyaltyPipeline.Core.Status;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Status;

/// <summary>Beside a warehouse there must be room for a copy of it, and never less than for a run.</summary>
public sealed class DiskRoomTests
{
    private const long Gigabyte = 1L << 30;

    [Theory]
    [InlineData(1, Gigabyte, false)]
    [InlineData(1, Gigabyte - 1, true)]
    [InlineData(5 * Gigabyte, 5 * Gigabyte, false)]
    [InlineData(5 * Gigabyte, (5 * Gigabyte) - 1, true)]
    [InlineData(1, null, false)]
    public void It_is_short_where_neither_a_run_nor_a_copy_has_room(long bytes, long? free, bool isShort) =>
        Assert.Equal(isShort, new DiskRoom(bytes, free).IsShort);
}
