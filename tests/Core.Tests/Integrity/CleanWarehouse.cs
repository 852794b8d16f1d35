using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Support;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>
/// A warehouse in which everything is as it must be: a sample, some merged days, two deliveries. It is made once for all tests, which plant
/// faults in copies.
/// </summary>
public sealed class CleanWarehouse : IDisposable
{
    /// <summary>Days that are merged.</summary>
    public const int Days = 6;

    private static readonly SyntheticDataOptions Sample = new() { Users = 600, Days = 90 };

    private static readonly Lazy<Task<byte[]>> Content = new(MakeAsync);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loyalty-clean-");

    /// <summary>The newest day.</summary>
    public static DateOnly LastDay => Sample.LastDay;

    /// <summary>A copy of the warehouse.</summary>
    internal async Task<TestWarehouse> CopyAsync() => await CopyAsync(await Content.Value);

    /// <summary>A copy of a warehouse that was made of it.</summary>
    /// <param name="content">The content of its file.</param>
    internal async Task<TestWarehouse> CopyAsync(byte[] content)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.duckdb");
        await File.WriteAllBytesAsync(path, content, TestWarehouse.Token);
        return await TestWarehouse.CreateAsync(withSources: false, path);
    }

    /// <summary>A copy whose deliveries lie in a folder.</summary>
    /// <param name="drop">The folder, which is made.</param>
    internal async Task<TestWarehouse> CopyAsync(string drop)
    {
        var test = await CopyAsync();
        await test.ExecuteAsync("DELETE FROM LOYALTY.DELIVERY; DELETE FROM LOYALTY.DELIVERY_FILE; DELETE FROM LOYALTY.DELIVERED_MEMBER");
        await DeliverAsync(test, drop);
        return test;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<byte[]> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("loyalty-clean-");
        try
        {
            var path = Path.Combine(folder.FullName, "clean.duckdb");
            await using (var test = await TestWarehouse.CreateAsync(path: path))
            {
                await new SyntheticDataWriter(test.Pipeline).WriteAsync(
                    test.Warehouse, Sample, replace: false, wait: null, test.Reporter, TestWarehouse.Token);
                await foreach (var _ in new ReplayRunner(test.Pipeline).RunAsync(
                    test.Warehouse, new ReplayOptions(LastDay.AddDays(1 - Days), LastDay), test.Reporter, TestWarehouse.Token))
                {
                }

                await DeliverAsync(test, Path.Combine(folder.FullName, "drop"));
            }

            return await File.ReadAllBytesAsync(path, TestWarehouse.Token);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task DeliverAsync(TestWarehouse test, string drop)
    {
        foreach (var name in new[] { "Marketing", "CustomerSuccess" })
        {
            var consumer = test.Pipeline.Config.Consumers[name] with { Destination = drop };
            await new DeliveryRunner(test.Pipeline).DeliverAsync(
                test.Warehouse, new DeliveryOptions(consumer, DeliveryMode.Full, AsOf: null, Force: false, PlanOnly: false), test.Reporter,
                TestWarehouse.Token);
        }
    }
}
