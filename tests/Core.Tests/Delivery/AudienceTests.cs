using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Who of a segment is sent, and why the others are not.</summary>
public sealed class AudienceTests
{
    private const string Everyone = "1,2,3,4,5,6,7,8,9,10,11";

    [Theory]
    [InlineData(false, false, "1,2,3,4,5,6", "5 Suppressed")]
    [InlineData(true, false, "1,3,4", "5 NoConsent, 3 Suppressed")]
    [InlineData(false, true, "1,2", "3 ClosedAccount, 3 SuspendedAccount, 3 Suppressed")]
    [InlineData(true, true, "1", "5 NoConsent, 2 ClosedAccount, 2 SuspendedAccount, 1 Suppressed")]
    public async Task The_first_reason_counts_and_all_add_up(bool requireConsent, bool requireActive, string sent, string leftOut)
    {
        await using var scene = await CreateAsync();
        scene.Consumer = scene.Consumer with { RequireConsent = requireConsent, RequireActiveAccount = requireActive };
        var result = await scene.DeliverAsync();

        Assert.Equal(sent, await SentAsync(scene, result));
        Assert.Equal(leftOut, result.LeftOut.ToString());
        Assert.Equal(
            11,
            result.Rows + result.LeftOut.NoConsent + result.LeftOut.ClosedAccount + result.LeftOut.SuspendedAccount
                + result.LeftOut.Suppressed);
        var record = (await scene.LogAsync())[0];
        Assert.Equal((Facts.Of(result.LeftOut), result.Audience), (Facts.Of(record.LeftOut), record.Audience));
        Assert.Equal(Facts.Of(result.LeftOut), Facts.Of(DeliveryScene.ManifestOf(result).LeftOut));
    }

    [Fact]
    public async Task Nobody_who_is_suppressed_is_sent_to_anybody_of_any_day()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        await scene.WriteDayAsync(1);
        await scene.SuppressAsync(2);
        // Twice is no more than once.
        await scene.SuppressAsync(2, 99);

        foreach (var daysLater in new[] { 1, 0 })
        {
            var result = await scene.DeliverAsync(daysLater: daysLater);
            Assert.Equal("1,3", await SentAsync(scene, result));
            Assert.Equal("1 Suppressed", result.LeftOut.ToString());
        }
    }

    [Fact]
    public async Task Of_an_earlier_day_the_consent_and_the_account_of_today_count_too()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        scene.Consumer = scene.Consumer with { RequireConsent = true, RequireActiveAccount = true };
        // Then: 1 had not agreed, 2 was suspended, 3 closed, 4 of another segment.
        await scene.SetAsync("MARKETING_CONSENT = FALSE", "USER_ID = 1");
        await scene.SetAsync("ACCOUNT_STATUS = 'suspended'", "USER_ID = 2");
        await scene.SetAsync("ACCOUNT_STATUS = 'closed'", "USER_ID = 3");
        await scene.SetAsync("ENGAGEMENT_SEGMENT = 'Engaged'", "USER_ID = 4");
        await scene.WriteDayAsync();
        // Now: all of them may be sent; 5 no longer agrees, 6 is suspended, 7 closed, 8 gone, 9 of another segment and called otherwise.
        await scene.SetAsync("MARKETING_CONSENT = TRUE, ACCOUNT_STATUS = 'active', ENGAGEMENT_SEGMENT = 'Highly Engaged'");
        await scene.SetAsync("MARKETING_CONSENT = FALSE", "USER_ID = 5");
        await scene.SetAsync("ACCOUNT_STATUS = 'suspended'", "USER_ID = 6");
        await scene.SetAsync("ACCOUNT_STATUS = 'closed'", "USER_ID = 7");
        await scene.RunAsync("DELETE FROM LOYALTY.MASTER WHERE USER_ID = 8");
        await scene.SetAsync("ENGAGEMENT_SEGMENT = 'Engaged', FULL_NAME = 'Newer'", "USER_ID = 9");
        await scene.WriteDayAsync(1);

        var result = await scene.DeliverAsync(daysLater: 0);
        Assert.Equal("9,10", await SentAsync(scene, result));
        // Who is gone agrees to nothing.
        Assert.Equal("3 NoConsent, 2 ClosedAccount, 2 SuspendedAccount", result.LeftOut.ToString());
        Assert.Equal("User 9", (await DeliveredRows.ReadAsync(scene.Test, result))[0]["FULL_NAME"]);
        Assert.Equal("1,2,3,4,10", await SentAsync(scene, await scene.DeliverAsync(force: true)));
    }

    [Fact]
    public async Task Who_is_left_out_later_is_removed_by_a_diff()
    {
        await using var scene = await CreateAsync();
        scene.Consumer = scene.Consumer with { RequireConsent = true, AudienceChange = 1 };
        await scene.DeliverAsync();
        await scene.SuppressAsync(3);
        var result = await scene.DeliverAsync(DeliveryMode.Diff);

        Assert.Equal((0, 0, 1), (result.Added, result.Changed, result.Removed));
        var row = Assert.Single(await DeliveredRows.ReadAsync(scene.Test, result));
        Assert.Equal(["CHANGE=removed", "USER_ID=3"], row.Where(cell => cell.Value is not null).Select(cell => $"{cell.Key}={cell.Value}"));
    }

    // 1 is as it should be, of the others each has another mix of what speaks against it.
    private static async Task<DeliveryScene> CreateAsync()
    {
        var scene = await DeliveryScene.CreateAsync(users: 11);
        await scene.SetAsync("MARKETING_CONSENT = FALSE", "USER_ID IN (2, 5, 6, 7, 8)");
        await scene.SetAsync("ACCOUNT_STATUS = 'suspended'", "USER_ID IN (3, 5, 9)");
        await scene.SetAsync("ACCOUNT_STATUS = 'closed'", "USER_ID IN (4, 6, 10)");
        await scene.SuppressAsync(7, 8, 9, 10, 11);
        Assert.Equal(Everyone, string.Join(',', await scene.Test.RowsAsync("SELECT USER_ID FROM LOYALTY.MASTER ORDER BY USER_ID")));
        return scene;
    }

    private static async Task<string> SentAsync(DeliveryScene scene, DeliveryResult result) =>
        string.Join(',', (await DeliveredRows.ReadAsync(scene.Test, result)).Select(row => row["USER_ID"]));
}
