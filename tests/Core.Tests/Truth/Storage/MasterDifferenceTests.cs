using Xunit;

namespace LoyaltyPipeline.Core.Tests.Truth;

[Trait("Group", "TestSupport")]
public sealed class MasterDifferenceTests
{
    private static readonly MasterRow One = new() { UserId = 1, Email = "a", PurchaseAmountTotal = 1.0m };

    [Fact]
    public void Equal_rows_do_not_differ_whatever_their_order_and_scale()
    {
        var two = new MasterRow { UserId = 2 };

        Assert.Null(MasterDifference.Describe([One, two], [two, One with { PurchaseAmountTotal = 1.00m }]));
    }

    [Fact]
    public void Differing_columns_missing_unexpected_and_repeated_rows_are_named()
    {
        var difference = MasterDifference.Describe(
            [One, new() { UserId = 2 }, new() { UserId = 4 }],
            [One with { Email = null, Logins30D = 3 }, new() { UserId = 3 }, new() { UserId = 4 }, new() { UserId = 4 }]);

        Assert.Equal(
            """
            USER_ID 1, EMAIL: expected "a", got null
            USER_ID 1, LOGINS_30D: expected null, got 3
            USER_ID 2: expected 1 row(s), got 0
            USER_ID 3: expected 0 row(s), got 1
            USER_ID 4: expected 1 row(s), got 2
            """,
            difference);
    }

    [Fact]
    public void A_long_difference_is_cut()
    {
        var difference = MasterDifference.Describe([], [.. Enumerable.Range(1, 50).Select(user => new MasterRow { UserId = user })]);

        Assert.EndsWith("… and 10 more", difference, StringComparison.Ordinal);
    }
}
