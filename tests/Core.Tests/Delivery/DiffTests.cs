using CsCheck;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>What a consumer was sent and the changes since are together what a full delivery of today says.</summary>
public sealed class DiffTests
{
    private const string SaltVariable = "LOYALTY_TEST_DIFF_SALT";
    private const int Users = 6;

    private static readonly Gen<string> Where = Gen.Int[1, Users].Select(user => $"USER_ID = {user}");

    // Each is what is done to the scene, as text so that a failing sequence can be read.
    private static readonly Gen<string> Change = Gen.Frequency<string>(
        (
            3,
            Gen.Select(
                Where, Gen.OneOf<string>("'a@x'", "' A@X'", "'b@x'", "NULL"),
                (user, value) => $"UPDATE LOYALTY.MASTER SET EMAIL = {value} WHERE {user}")),
        (
            2,
            Gen.Select(
                Where, Gen.OneOf<string>("'n'", "'N'", "''", "NULL"),
                (user, value) => $"UPDATE LOYALTY.MASTER SET FULL_NAME = {value} WHERE {user}")),
        (
            3,
            Gen.Select(
                Where, Gen.OneOf<string>("'Engaged'", "'Highly Engaged'"),
                (user, value) => $"UPDATE LOYALTY.MASTER SET ENGAGEMENT_SEGMENT = {value} WHERE {user}")),
        (
            2,
            Gen.Select(
                Where, Gen.OneOf<string>("TRUE", "FALSE"),
                (user, value) => $"UPDATE LOYALTY.MASTER SET MARKETING_CONSENT = {value} WHERE {user}")),
        (2, Gen.Int[1, Users].Select(user => $"INSERT INTO LOYALTY.SUPPRESSION (USER_ID, REASON, SINCE) VALUES ({user}, NULL, NULL)")),
        (2, Where.Select(user => $"DELETE FROM LOYALTY.SUPPRESSION WHERE {user}")),
        (1, Gen.OneOf<string>("salt 1", "salt 2")),
        (1, Gen.OneOf<string>("columns *", "columns USER_ID,EMAIL,FULL_NAME", "columns USER_ID,FULL_NAME")),
        (1, Gen.OneOf<string>("day 0", "day 1")));

    private static readonly Gen<string> Command = Gen.Frequency<string>(
        (3, Change), (2, Gen.OneOf<string>("Full", "Diff", "Diff", "Diff")));

    [Fact]
    public void Whatever_happens_it_adds_up() => Command.List[10, 40].Try(
        commands => PlayAsync(commands).GetAwaiter().GetResult(),
        atLeast: 2,
        seconds: 8,
        print: commands => string.Join("; ", commands));

    [Fact]
    public async Task What_is_delivered_alike_is_no_change()
    {
        await using var scene = await CreateAsync();
        await scene.DeliverAsync();
        await scene.SetAsync("EMAIL = '  ' || UPPER(EMAIL) || ' '");
        await scene.WriteDayAsync(1);
        Assert.Equal((0, DeliveryOutcome.Published), ((await scene.DeliverAsync(DeliveryMode.Diff)).Rows, DeliveryOutcome.Published));

        await scene.SetAsync("EMAIL = 'other@example.com'", "USER_ID = 1");
        var changed = await scene.DeliverAsync(DeliveryMode.Diff);
        Assert.Equal((0, 1, 0), (changed.Added, changed.Changed, changed.Removed));
        // A column that is not sent may change as it likes.
        await scene.SetAsync("LOGINS_30D = LOGINS_30D + 1");
        Assert.Equal(Users, (await scene.DeliverAsync(DeliveryMode.Diff, planOnly: true)).Changed);
        scene.Consumer = scene.Consumer with { Columns = ["USER_ID", "EMAIL"] };
        await scene.DeliverAsync();
        await scene.SetAsync("LOGINS_30D = LOGINS_30D + 1");
        Assert.Equal(0, (await scene.DeliverAsync(DeliveryMode.Diff)).Rows);
    }

    [Fact]
    public async Task Another_salt_changes_every_row()
    {
        await using var scene = await CreateAsync();
        scene.Consumer = scene.Consumer with { Redaction = scene.Consumer.Redaction with { SaltVariable = "LOYALTY_TEST_DIFF_SALT_2" } };
        Environment.SetEnvironmentVariable("LOYALTY_TEST_DIFF_SALT_2", "before");
        await scene.DeliverAsync();
        Environment.SetEnvironmentVariable("LOYALTY_TEST_DIFF_SALT_2", "after");

        Assert.Equal(Users, (await scene.DeliverAsync(DeliveryMode.Diff)).Changed);
    }

    [Fact]
    public async Task Removed_rows_have_nothing_but_an_id_in_every_format()
    {
        foreach (var format in Enum.GetValues<FileFormat>())
        {
            await using var scene = await CreateAsync();
            scene.Consumer = scene.Consumer with
            {
                Format = format,
                Redaction = new RedactionPolicy(RedactionMethod.Mask, RedactionMethod.Generalize, RedactionMethod.Generalize),
            };
            await scene.DeliverAsync();
            await scene.RunAsync("DELETE FROM LOYALTY.MASTER WHERE USER_ID = 4");
            var result = await scene.DeliverAsync(DeliveryMode.Diff);

            var row = Assert.Single(await DeliveredRows.ReadAsync(scene.Test, result));
            Assert.Equal(
                ["CHANGE=removed", "USER_ID=4"], row.Where(cell => cell.Value is not null).Select(cell => $"{cell.Key}={cell.Value}"));
            Assert.Equal("CHANGE", DeliveryScene.ManifestOf(result).Columns[0].Name);
        }
    }

    [Fact]
    public async Task The_first_diff_adds_everybody_and_follows_nothing()
    {
        await using var scene = await CreateAsync();
        var first = await scene.DeliverAsync(DeliveryMode.Diff);
        var second = await scene.DeliverAsync(DeliveryMode.Diff);
        await scene.WriteDayAsync(1);
        var third = await scene.DeliverAsync(DeliveryMode.Diff);

        Assert.Equal((Users, null), (first.Added, first.BaseDeliveryId));
        Assert.Equal((DeliveryOutcome.AlreadyThere, first.DeliveryId, null), (second.Outcome, second.DeliveryId, second.BaseDeliveryId));
        Assert.Equal((0, first.DeliveryId), (third.Rows, third.BaseDeliveryId));
        Assert.Equal(first.DeliveryId, DeliveryScene.ManifestOf(third).BaseDeliveryId);
    }

    private static async Task<DeliveryScene> CreateAsync()
    {
        var scene = await DeliveryScene.CreateAsync(users: Users);
        scene.Consumer = scene.Consumer with
        {
            Redaction = DeliveryScene.KeepAll with { Email = RedactionMethod.Sha256 },
            AudienceChange = 1,
        };
        return scene;
    }

    private static async Task PlayAsync(IReadOnlyList<string> commands)
    {
        await using var scene = await CreateAsync();
        Environment.SetEnvironmentVariable(SaltVariable, "0");
        scene.Consumer = scene.Consumer with
        {
            RequireConsent = true,
            Redaction = scene.Consumer.Redaction with { SaltVariable = SaltVariable },
        };
        var receiver = new ReceivingConsumer(scene);
        var had = new Dictionary<long, List<long>>();
        var day = 0;
        foreach (var command in commands.Append("Diff"))
        {
            var parts = command.Split(' ', 2);
            switch (parts[0])
            {
                case "salt":
                    Environment.SetEnvironmentVariable(SaltVariable, parts[1]);
                    break;
                case "columns":
                    scene.Consumer = scene.Consumer with { Columns = parts[1].Split(',') };
                    break;
                case "day":
                    day += parts[1] == "1" ? 1 : 0;
                    await scene.WriteDayAsync(day);
                    break;
                case "Full" or "Diff":
                    await receiver.ReceiveAsync(await scene.DeliverAsync(Enum.Parse<DeliveryMode>(command), force: true));
                    had[(await scene.LogAsync()).First(
                        delivery => delivery.Destination == scene.Destination).SequenceNumber] = [.. receiver.Rows.Keys];
                    Assert.Equal(await receiver.FreshAsync(), receiver.Rows.Values);
                    break;
                default:
                    await scene.RunAsync(command);
                    break;
            }
        }

        var feed = (await scene.LogAsync()).First(delivery => delivery.Destination == scene.Destination).FeedId;
        foreach (var (number, users) in had)
        {
            Assert.Equal(users.Select(user => $"{user}"), await scene.Test.RowsAsync(
                $"SELECT USER_ID FROM LOYALTY.DELIVERED_MEMBER WHERE FEED_ID = {feed} AND ADDED_IN <= {number} AND (REMOVED_IN IS NULL OR REMOVED_IN > {number}) ORDER BY USER_ID"));
        }
    }
}
