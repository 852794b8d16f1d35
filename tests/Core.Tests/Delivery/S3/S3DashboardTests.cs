using LoyaltyPipeline.Core.Dashboard;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.S3Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery.S3;

/// <summary>Dashboards to a real S3 server.</summary>
public sealed class S3DashboardTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    [Fact]
    public async Task The_page_lies_there_as_it_was_written()
    {
        using var destination = new S3Destination(fixture);
        await using var test = await TestWarehouse.CreateAsync();

        var file = await ExportAsync(test, destination, destination.Settings());

        var back = Path.Combine(test.Folder, "back.html");
        Assert.True(await destination.Store.DownloadAsync("dashboard.html", back, TestWarehouse.Token));
        Assert.Equal(
            await File.ReadAllBytesAsync(file.FullName, TestWarehouse.Token), await File.ReadAllBytesAsync(back, TestWarehouse.Token));
    }

    [Fact]
    public async Task Without_leave_to_write_the_page_is_a_file_alone_and_the_reason_is_said()
    {
        using var destination = new S3Destination(fixture);
        await using var proxy = new FaultProxy(fixture.Server.Endpoint)
        {
            Rule = request => request.Method == "PUT" ? Fault.Answer(S3Error.AccessDenied) : null,
        };
        await using var test = await TestWarehouse.CreateAsync();

        var failure = await Assert.ThrowsAsync<LoyaltyException>(
            () => ExportAsync(test, destination, destination.Settings(proxy.Endpoint)));

        Assert.Equal("DestinationDenied", failure.ErrorId);
        Assert.True(File.Exists(Path.Combine(test.Folder, "dashboard.html")));
        Assert.Null(await destination.Store.ReadAsync("dashboard.html", TestWarehouse.Token));
    }

    private static Task<FileInfo> ExportAsync(
        TestWarehouse test, S3Destination destination, S3Settings settings) => new PipelineDashboard(test.Pipeline).ExportAsync(
        test.Warehouse, new DashboardOptions(Path.Combine(test.Folder, "dashboard.html"), Destination: destination.Location, S3: settings),
        test.Reporter, TestWarehouse.Token);
}
