using LoyaltyPipeline.Core.Dashboard;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Outputs;
using LoyaltyPipeline.Core.Tests.Delivery;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Files;

/// <summary>What the module makes is its owner's: files that may hold personal data, and the folders that it makes for them.</summary>
public sealed class PrivateFileTests : IDisposable
{
    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly TemporaryFolder _folder = new();

    private string Location => Path.Combine(_folder.Path, "w.duckdb");

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Unix("Windows has no modes of files.")]
    public async Task A_warehouse_and_what_lies_beside_it_while_it_is_written_are_their_owners()
    {
        await using var warehouse = await DuckDbWarehouse.OpenAsync(Location, TestWarehouse.Token);
        await using var session = await warehouse.OpenSessionAsync(TestWarehouse.Token);
        warehouse.Announce(new RunHolder("run", "owner", "host", 1, DateTime.UtcNow));
        await session.ExecuteAsync("CREATE TABLE T AS SELECT 1 AS N", TestWarehouse.Token);
        await WriteAsync(session);
        Assert.Equal(["w.duckdb", "w.duckdb.run", "w.duckdb.wal"], FilesBeside());
        AssertPrivate();

        // The engine removes its log and makes another.
        await session.ExecuteAsync("CHECKPOINT", TestWarehouse.Token);
        await WriteAsync(session);
        Assert.Equal(["w.duckdb", "w.duckdb.run", "w.duckdb.wal"], FilesBeside());
        AssertPrivate();
    }

    [Fact]
    public async Task Nothing_is_left_beside_a_warehouse_that_is_closed()
    {
        await using (var warehouse = await DuckDbWarehouse.OpenAsync(Location, TestWarehouse.Token))
        await using (var session = await warehouse.OpenSessionAsync(TestWarehouse.Token))
            await session.ExecuteAsync("SELECT 1", TestWarehouse.Token);

        Assert.Equal([Location], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    [Unix("Windows has no modes of files.")]
    public async Task What_is_shared_stays_shared()
    {
        const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        await (await DuckDbWarehouse.OpenAsync(Location, TestWarehouse.Token)).DisposeAsync();
        SetMode(Location, Shared);
        var report = Path.Combine(_folder.Path, "r.html");
        await File.WriteAllTextAsync(report, "old", TestWarehouse.Token);
        SetMode(report, Shared);

        await using var warehouse = await DuckDbWarehouse.OpenAsync(Location, TestWarehouse.Token);
        await using var session = await warehouse.OpenSessionAsync(TestWarehouse.Token);
        await session.ExecuteAsync("CREATE TABLE T AS SELECT 1 AS N", TestWarehouse.Token);
        new ReportFile(report).Write(stream => stream.WriteByte(65), TestContext.Current.CancellationToken);

        Assert.Equal((Shared, Shared, Shared), (ModeOf(Location), ModeOf($"{Location}.wal"), ModeOf(report)));
        Assert.Equal("A", await File.ReadAllTextAsync(report, TestWarehouse.Token));
    }

    [Fact]
    [Unix("Windows has no modes of files.")]
    public async Task Deliveries_and_reports_are_their_owners()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        await scene.DeliverAsync();
        await new PipelineDashboard(scene.Test.Pipeline).ExportAsync(
            scene.Test.Warehouse,
            new DashboardOptions(Path.Combine(_folder.Path, "page.html"), Destination: Path.Combine(_folder.Path, "pages", "deep")),
            scene.Test.Reporter, TestWarehouse.Token);

        AssertPrivate(scene.Destination);
        AssertPrivate();
        Assert.Equal(
            (DeliveryOutcome.AlreadyThere, 3),
            ((await scene.DeliverAsync()).Outcome, Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Length + 1));
    }

    [Fact]
    public void A_page_that_a_killed_process_left_is_removed_by_the_next()
    {
        var abandoned = Path.Combine(_folder.Path, ".loyalty-report-1.partial");
        File.WriteAllText(abandoned, "half a page");
        using var written = PrivateFiles.Create(Path.Combine(_folder.Path, ".loyalty-report-2.partial"), FileShare.Delete);

        new ReportFile(Path.Combine(_folder.Path, "page.html")).Write(
            stream => stream.WriteByte(65), TestContext.Current.CancellationToken);

        Assert.False(File.Exists(abandoned));
        Assert.Equal([".loyalty-report-2.partial", "page.html"], FilesBeside());
    }

    [Theory]
    [InlineData(null, "600", "700")]
    [InlineData("", "600", "700")]
    [InlineData("owner", "600", "700")]
    [InlineData("group", "640", "750")]
    public void A_group_may_read_where_it_is_told(string? access, string file, string folder)
    {
        var modes = PrivateFiles.ModesOf(access);

        Assert.Equal((file, folder), (Convert.ToString((int)modes.File, 8), Convert.ToString((int)modes.Folder, 8)));
    }

    [Fact]
    public void A_slip_in_what_is_told_is_an_error() =>
        Assert.Equal("ConfigInvalid", Assert.Throws<Core.Errors.LoyaltyException>(() => PrivateFiles.ModesOf("everybody")).ErrorId);

    private static UnixFileMode ModeOf(string path) => new FileInfo(path).UnixFileMode;

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private static async Task WriteAsync(IWarehouseSession session)
    {
        await session.BeginAsync(TestWarehouse.Token);
        await session.ExecuteAsync("INSERT INTO T VALUES (2)", TestWarehouse.Token);
        await session.CommitAsync(TestWarehouse.Token);
    }

    private IEnumerable<string?> FilesBeside() => Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private void AssertPrivate() => AssertPrivate(_folder.Path);

    private static void AssertPrivate(string folder) =>
        Assert.All(
            Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories),
            path => Assert.True((ModeOf(path) & OfOthers) == UnixFileMode.None, $"{path} {ModeOf(path)}"));
}
