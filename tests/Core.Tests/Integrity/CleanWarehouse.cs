using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Samples;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>A warehouse in which everything is as it must be, made once: a sample, some merged days, two deliveries. Tests plant faults in copies of its file.</summary>
public sealed class CleanWarehouse : IAsyncLifetime
{
    /// <summary>Days that are merged.</summary>
    public const int Days = 6;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loyalty-clean-");

    /// <summary>The newest day.</summary>
    public static DateOnly LastDay { get; } = new SampleOptions().LastDay;

    /// <summary>Where deliveries lie.</summary>
    public string Drop => Path.Combine(_folder.FullName, "drop");

    private string File => Path.Combine(_folder.FullName, "clean.duckdb");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await using var test = await TestWarehouse.CreateAsync(path: File);
        var options = new SampleOptions { Users = 600, Days = 90 };
        await new WarehouseSample(test.Pipeline).WriteAsync(test.Warehouse, options, replace: false, wait: null, test.Reporter, TestWarehouse.Token);
        await foreach (var _ in new ReplayRunner(test.Pipeline).RunAsync(test.Warehouse, new ReplayOptions(LastDay.AddDays(1 - Days), LastDay), test.Reporter, TestWarehouse.Token))
        {
        }

        foreach (var name in new[] { "Marketing", "CustomerSuccess" })
        {
            var consumer = test.Pipeline.Config.Consumers[name] with { Destination = Drop };
            await new DeliveryRunner(test.Pipeline).DeliverAsync(test.Warehouse, new DeliveryOptions(consumer, DeliveryMode.Full, AsOf: null, Force: false, PlanOnly: false), test.Reporter, TestWarehouse.Token);
        }
    }

    /// <summary>A copy of the warehouse.</summary>
    internal Task<TestWarehouse> CopyAsync()
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.duckdb");
        System.IO.File.Copy(File, path);
        return TestWarehouse.CreateAsync(withSources: false, path);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
