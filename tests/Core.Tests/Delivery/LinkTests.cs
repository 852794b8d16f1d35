using LoyaltyPipeline.Core.Delivery.Clearing;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Files;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>A destination that is a folder: nothing outside it is read, written or removed, and nothing in it that has no end.</summary>
public sealed class LinkTests
{
    private const string Part = "part-00001.csv";

    [Fact]
    public async Task What_lies_behind_a_link_is_not_removed()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        var old = await scene.DeliverAsync();
        await scene.WriteDayAsync(1);
        await scene.SetAsync("EMAIL = 'new@example.com'", "USER_ID = 1");
        await scene.WriteDayAsync(2);
        await scene.DeliverAsync();
        var outside = Path.Combine(scene.Test.Folder, "outside");
        Directory.Move(DeliveryScene.FolderOf(old), outside);
        SymbolicLink.ToFolder(DeliveryScene.FolderOf(old), outside);
        var kept = Directory.GetFiles(outside).Length;

        await new DeliveryCleaner(scene.Test.Pipeline).ClearAsync(
            scene.Test.Warehouse, new ClearOptions(scene.Consumer, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(2), TimeSpan.Zero),
            scene.Test.Reporter, TestWarehouse.Token);

        Assert.Equal(kept, Directory.GetFiles(outside).Length);
    }

    [Fact]
    public async Task Nothing_is_written_behind_a_link_that_leads_out()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        var outside = Directory.CreateDirectory(Path.Combine(scene.Test.Folder, "outside")).FullName;
        Directory.CreateDirectory(scene.Destination);
        SymbolicLink.ToFolder(Path.Combine(scene.Destination, "Crm"), outside);

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => scene.DeliverAsync());

        Assert.Equal(LoyaltyErrors.DestinationInvalid.Id, error.ErrorId);
        Assert.Contains("leads out of the destination", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(outside));
    }

    [Fact]
    public async Task A_destination_may_be_a_link_itself_and_have_links_that_stay_in_it()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        var real = Directory.CreateDirectory(Path.Combine(scene.Test.Folder, "real", "Crm-2026")).Parent!.FullName;
        SymbolicLink.ToFolder(scene.Destination, real);
        SymbolicLink.ToFolder(Path.Combine(real, "Crm"), "Crm-2026");

        var result = await scene.DeliverAsync();

        Assert.Equal(DeliveryOutcome.Published, result.Outcome);
        Assert.Empty(await scene.FailuresAsync(result.Manifest));
    }

    [Theory]
    [Unix("Pipes and devices have no place in a folder there.", Linux = true)]
    [InlineData("/dev/zero")]
    [InlineData("pipe")]
    [InlineData("elsewhere")]
    public async Task A_part_that_is_no_file_of_the_delivery_is_not_there(string what)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        var result = await scene.DeliverAsync();
        var path = Path.Combine(DeliveryScene.FolderOf(result), Part);
        if (what == "pipe")
        {
            File.Delete(path);
            PathTests.MakePipe(path);
        }
        else
        {
            var outside = Path.Combine(scene.Test.Folder, "elsewhere");
            File.Move(path, outside);
            SymbolicLink.ToFile(path, what == "elsewhere" ? outside : what);
        }

        Assert.Equal(["Files", $"Size {Part}", "Totals"], await scene.FailuresAsync(result.Manifest));
    }

    [Fact]
    public async Task A_part_that_is_too_large_is_not_copied()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        var result = await scene.DeliverAsync();
        // A file with a hole: it takes no room until it is copied.
        await using (var part = File.OpenWrite(Path.Combine(DeliveryScene.FolderOf(result), Part)))
            part.SetLength(1L << 42);

        Assert.Equal([$"Size {Part}", $"Sha256 {Part}"], await scene.FailuresAsync(result.Manifest));
    }

    [Theory]
    [Unix("Devices have no place in a folder there.", Linux = true)]
    [InlineData("manifest.json")]
    [InlineData("latest.json")]
    public async Task A_text_that_has_no_end_is_not_read(string name)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        var result = await scene.DeliverAsync();
        var folder = name == "latest.json" ? Path.Combine(scene.Destination, "Crm", "HighlyEngaged") : DeliveryScene.FolderOf(result);
        File.Delete(Path.Combine(folder, name));
        SymbolicLink.ToFile(Path.Combine(folder, name), "/dev/zero");

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => scene.VerifyAsync(Path.Combine(folder, name)));

        Assert.Equal(LoyaltyErrors.DestinationInvalid.Id, error.ErrorId);
    }
}
