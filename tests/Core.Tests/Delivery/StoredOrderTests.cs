using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>What is stored in order is not sorted again, and what is suppressed meanwhile is noticed all the same.</summary>
public sealed class StoredOrderTests
{
    // More than the engine reads at a time.
    private static readonly int Users = TestDepth.Of(fast: 130_000, full: 250_000);

    public static TheoryData<FileFormat> Formats =>
        TestDepth.Of<TheoryData<FileFormat>>(fast: [FileFormat.Csv], full: [FileFormat.Csv, FileFormat.Parquet]);

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task However_Master_is_stored_the_files_are_the_same(FileFormat format)
    {
        var inOrder = await FilesAsync(format, order: null);

        Assert.Equal(inOrder, await FilesAsync(format, "USER_ID % 7, USER_ID DESC"));
        // All but the last rows in order, as merges leave it.
        Assert.Equal(inOrder, await FilesAsync(format, $"USER_ID % {Users / 3} = 1, USER_ID"));
    }

    [Theory]
    [InlineData(DeliveryMode.Full, false)]
    [InlineData(DeliveryMode.Full, true)]
    [InlineData(DeliveryMode.Diff, false)]
    public async Task Who_is_suppressed_while_files_are_written_is_not_sent(DeliveryMode mode, bool isAnotherSuppressed)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        if (isAnotherSuppressed)
            await scene.SuppressAsync(4);
        var reporter = new StepAction("Send", () => scene.SuppressAsync(2).GetAwaiter().GetResult());

        var failure = await Assert.ThrowsAsync<LoyaltyException>(
            () => scene.DeliverAsync(reporter, mode, daysLater: null, force: false, planOnly: false, TestWarehouse.Token));

        Assert.Equal("ReconciliationFailed", failure.ErrorId);
        Assert.Empty(scene.Files());
        Assert.Equal(isAnotherSuppressed ? 3 : 4, (await scene.DeliverAsync(mode)).Audience);
    }

    private static async Task<IReadOnlyList<string>> FilesAsync(FileFormat format, string? order)
    {
        await using var scene = await DeliveryScene.CreateAsync();
        await scene.RunAsync(EngineThreads.Many);
        await scene.AddUsersAsync(1, Users);
        if (order is not null)
        {
            await scene.RunAsync(
                $"CREATE TABLE LOYALTY.ORDERED AS SELECT * FROM LOYALTY.MASTER ORDER BY {order}",
                "DELETE FROM LOYALTY.MASTER",
                "INSERT INTO LOYALTY.MASTER SELECT * FROM LOYALTY.ORDERED",
                "DROP TABLE LOYALTY.ORDERED");
        }

        await scene.WriteDayAsync();
        scene.Consumer = scene.Consumer with { Format = format };
        return [.. (await scene.DeliverAsync()).Files.Select(file => $"{file.Name} {file.Rows} {file.Sha256}")];
    }
}
