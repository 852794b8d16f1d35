using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Verification;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Deliveries of which something was taken away or changed at the destination, and those that come after them.</summary>
public sealed class DamagedDeliveryTests
{
    private const string PartName = "part-00001.csv";

    /// <summary>What is done to a delivery's folder, and what is said of it.</summary>
    public static readonly TheoryData<string, string> Damages = new()
    {
        { "file gone", $"lacks {PartName}" },
        { "file cut off", $"has {PartName} with 10 bytes instead of" },
        { "manifest unreadable", "has a manifest that cannot be read" },
        { "manifest of another", "has the manifest of 00000000000000000000" },
        { "manifest of fewer rows", "has a manifest of 3 rows instead of 5" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_full_delivery_is_sent_again(string damage, string said)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        var first = await scene.DeliverAsync();
        Damage(first, damage);
        var again = await scene.DeliverAsync();

        Assert.Equal((DeliveryOutcome.Published, first.DeliveryId, 5), (again.Outcome, again.DeliveryId, again.Rows));
        Assert.Equal(Facts.Of(first.Files), Facts.Of(again.Files));
        Assert.Contains(said, Assert.Single(scene.Warnings), StringComparison.Ordinal);
        Assert.Empty(await scene.FailuresAsync(Path.Combine(scene.Destination, "Crm", "HighlyEngaged")));
        Assert.Equal(DeliveryOutcome.AlreadyThere, (await scene.DeliverAsync()).Outcome);
        Assert.Equal(0, (await scene.DeliverAsync(DeliveryMode.Diff)).Rows);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task One_of_an_earlier_day_is_sent_again(string damage, string said)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        await scene.AddUsersAsync(6, 6);
        await scene.WriteDayAsync(1);
        await scene.DeliverAsync();
        var latest = scene.Latest();
        var earlier = await scene.DeliverAsync(daysLater: 0);
        Damage(earlier, damage);

        Assert.Equal(
            (DeliveryOutcome.Published, true),
            (await scene.DeliverAsync(daysLater: 0)) is var again ? (again.Outcome, again.IsBackfill) : default);
        Assert.Contains(said, Assert.Single(scene.Warnings), StringComparison.Ordinal);
        Assert.Empty(await scene.FailuresAsync(earlier.Manifest));
        Assert.Equal(latest, scene.Latest());
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task One_that_settings_lead_back_to_is_sent_again(string damage, string said)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        var before = scene.Consumer;
        var first = await scene.DeliverAsync();
        scene.Consumer = before with { Columns = ["USER_ID"] };
        await scene.DeliverAsync();
        scene.Consumer = before;
        Damage(first, damage);

        Assert.Equal(
            (DeliveryOutcome.Published, first.DeliveryId),
            (await scene.DeliverAsync()) is var again ? (again.Outcome, again.DeliveryId) : default);
        Assert.Contains(said, Assert.Single(scene.Warnings), StringComparison.Ordinal);
        Assert.Empty(await scene.FailuresAsync(Path.Combine(scene.Destination, "Crm", "HighlyEngaged")));
        Assert.Equal(0, (await scene.DeliverAsync(DeliveryMode.Diff)).Rows);
    }

    [Theory]
    [InlineData("file gone", $"lacks {PartName}")]
    [InlineData("manifest unreadable", "has a manifest that cannot be read")]
    public async Task A_diff_cannot_be_made_again(string damage, string said)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        await scene.DeliverAsync();
        await scene.SetAsync("EMAIL = NULL", "USER_ID = 2");
        await scene.WriteDayAsync(1);
        Damage(await scene.DeliverAsync(DeliveryMode.Diff), damage);

        Assert.Contains(said, (await scene.RefusedAsync("DeliveryNotFound", DeliveryMode.Diff)).Message, StringComparison.Ordinal);
        Assert.Equal(5, (await scene.DeliverAsync()).Rows);
    }

    [Theory]
    [InlineData("file gone")]
    [InlineData("manifest unreadable")]
    [InlineData("manifest of fewer rows")]
    public async Task An_interrupted_one_is_not_completed(string damage)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        var dead = await scene.DeliverAsync();
        await scene.RunAsync(
            "UPDATE LOYALTY.DELIVERY SET STATUS = 'Started', ROW_COUNT = 0, MANIFEST_SHA256 = NULL", "DELETE FROM LOYALTY.DELIVERY_FILE");
        Damage(dead, damage);

        Assert.Equal((DeliveryOutcome.Published, 5), (await scene.DeliverAsync()) is var again ? (again.Outcome, again.Added) : default);
        // Nothing was published, so nothing is lost that anybody should hear of.
        Assert.Empty(scene.Warnings);
        Assert.Equal([DeliveryStatus.Published, DeliveryStatus.Failed], (await scene.LogAsync()).Select(delivery => delivery.Status));
        Assert.Empty(await scene.FailuresAsync(Path.Combine(scene.Destination, "Crm", "HighlyEngaged")));
    }

    [Theory]
    [InlineData(DeliveryMode.Full, null)]
    [InlineData(DeliveryMode.Diff, null)]
    [InlineData(DeliveryMode.Full, "no pointer")]
    [InlineData(DeliveryMode.Diff, "no pointer")]
    public async Task A_pointer_that_is_gone_or_unreadable_is_set_right(DeliveryMode mode, string? garbage)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        await scene.DeliverAsync(mode);
        var latest = scene.Latest();
        var path = Path.Combine(scene.Destination, "Crm", "HighlyEngaged", "latest.json");
        for (var isRepetition = true; ; isRepetition = false)
        {
            File.Delete(path);
            if (garbage is not null)
                await File.WriteAllTextAsync(path, garbage, TestWarehouse.Token);
            var result = await scene.DeliverAsync(mode);
            Assert.Equal(isRepetition ? DeliveryOutcome.AlreadyThere : DeliveryOutcome.Published, result.Outcome);
            Assert.Equal(result.DeliveryId, scene.Latest()!.DeliveryId);
            Assert.Empty(await scene.FailuresAsync(path));
            if (!isRepetition)
                break;
            Assert.Equal(latest, scene.Latest());
            await scene.SetAsync("EMAIL = NULL", "USER_ID = 2");
            await scene.WriteDayAsync(1);
        }

        Assert.Equal(garbage is null ? 0 : 2, scene.Warnings.Count(warning => warning.Contains(path, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_pointer_that_somebody_else_moved_stays()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        await scene.DeliverAsync();
        var path = Path.Combine(scene.Destination, "Crm", "HighlyEngaged", "latest.json");
        var theirs = (await File.ReadAllTextAsync(path, TestWarehouse.Token)).Replace(
            scene.Latest()!.DeliveryId, "00000000000000000000", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, theirs, TestWarehouse.Token);

        Assert.Equal(DeliveryOutcome.AlreadyThere, (await scene.DeliverAsync()).Outcome);
        Assert.Equal(theirs, await File.ReadAllTextAsync(path, TestWarehouse.Token));
    }

    [Fact]
    public async Task A_diff_is_not_added_to_what_is_gone()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        var first = await scene.DeliverAsync();
        Directory.Delete(scene.Destination, recursive: true);
        await scene.WriteDayAsync(1);

        Assert.Equal("BaseMissing", Assert.Single((await scene.DeliverAsync(DeliveryMode.Diff, planOnly: true)).Guards).Name);
        var error = await scene.RefusedAsync("GuardTripped", DeliveryMode.Diff);
        Assert.Contains(first.DeliveryId, error.Message, StringComparison.Ordinal);
        Assert.Contains("-Mode Full", error.Remedy, StringComparison.Ordinal);
        // A consumer that takes files away has loaded what came before.
        var forced = await scene.DeliverAsync(DeliveryMode.Diff, force: true);
        Assert.Equal((0, first.DeliveryId), (forced.Rows, forced.BaseDeliveryId));
        Assert.Equal(["BaseMissing"], DeliveryScene.ManifestOf(forced).ForcedGuards);
        Assert.Equal(["Base"], await scene.FailuresAsync(forced.Manifest));
    }

    [Fact]
    public async Task What_a_diff_is_added_to_is_verified_with_it()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        var full = await scene.DeliverAsync();
        await scene.WriteDayAsync(1);
        var diff = await scene.DeliverAsync(DeliveryMode.Diff);

        Assert.Equal((true, $"{full.DeliveryId}, to which it is to be added, is there"), Found(await scene.VerifyAsync(diff.Manifest)));
        File.Delete(Path.Combine(DeliveryScene.FolderOf(full), PartName));
        Assert.Equal(
            (false, $"{full.DeliveryId}, to which it is to be added, lacks {PartName}"), Found(await scene.VerifyAsync(diff.Manifest)));
        Directory.Delete(DeliveryScene.FolderOf(full), recursive: true);
        Assert.Equal(
            (false, $"{full.DeliveryId}, to which it is to be added, is not there"), Found(await scene.VerifyAsync(diff.Manifest)));
        // A copy of the Diff alone has nothing beside it to look for.
        var copy = Path.Combine(scene.Test.Folder, "copy");
        Directory.Move(DeliveryScene.FolderOf(diff), copy);
        Assert.DoesNotContain(await scene.VerifyAsync(copy), check => check.Check == "Base" || !check.Passed);
    }

    private static (bool Passed, string Detail) Found(IEnumerable<DeliveryCheck> checks) =>
        checks.Single(check => check.Check == "Base") is var check ? (check.Passed, check.Detail) : default;

    private static void Damage(DeliveryResult result, string damage)
    {
        var part = Path.Combine(DeliveryScene.FolderOf(result), PartName);
        var manifest = File.ReadAllText(result.Manifest);
        switch (damage)
        {
            case "file gone":
                File.Delete(part);
                break;
            case "file cut off":
                File.WriteAllText(part, File.ReadAllText(part)[..10]);
                break;
            case "manifest unreadable":
                File.WriteAllText(result.Manifest, manifest[..(manifest.Length / 2)]);
                break;
            case "manifest of another":
                File.WriteAllText(result.Manifest, manifest.Replace(result.DeliveryId, "00000000000000000000", StringComparison.Ordinal));
                break;
            case "manifest of fewer rows":
                File.WriteAllText(result.Manifest, manifest.Replace("\"rows\": 5", "\"rows\": 3", StringComparison.Ordinal));
                break;
            default:
                throw new ArgumentException(damage, nameof(damage));
        }
    }
}
