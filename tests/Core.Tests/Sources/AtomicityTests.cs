using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

public sealed class AtomicityTests
{
    /// <summary>Cancelled at its first, second, … sign of life, an import has either written all or nothing.</summary>
    [Theory]
    [InlineData(ImportMode.Upsert, true)]
    [InlineData(ImportMode.Upsert, false)]
    [InlineData(ImportMode.Replace, true)]
    [InlineData(ImportMode.Replace, false)]
    [InlineData(ImportMode.Append, false)]
    public async Task A_cancelled_import_leaves_nothing_behind(ImportMode mode, bool isStored)
    {
        await using var test = await TestWarehouse.CreateAsync();
        if (isStored)
            await test.ImportAsync(test.Write("SUPPORT_CALLS.csv", Imports.CallsHeader + "\n1,1998-06-01,3\n2,1998-06-01,4\n"));
        var path = test.Write("SUPPORT_CALLS.csv", Imports.CallsHeader + "\n1,1998-06-01,5\n3,1998-06-01,6\nx,1998-06-01,6\n");
        var before = await test.ContentAsync();
        var cancelled = 0;
        for (var sign = 1; ; sign++)
        {
            using var source = CancellationTokenSource.CreateLinkedTokenSource(TestWarehouse.Token);
            var reporter = new CancellingReporter(source, sign);
            try
            {
                await ImportAsync(test, path, mode, reporter, source.Token);
                break;
            }
            catch (OperationCanceledException)
            {
                cancelled++;
                Assert.Equal(before, await test.ContentAsync());
                Assert.Equal(
                    [$"Cancelled|{cancelled}"],
                    await test.RowsAsync("SELECT STATUS, COUNT(*) FROM LOYALTY.RUN WHERE STATUS <> 'Succeeded' GROUP BY ALL"));
                Assert.Equal(
                    [$"Cancelled|Cancelled|{cancelled}"],
                    await test.RowsAsync(
                        "SELECT OUTCOME, ERROR_ID, COUNT(*) FROM LOYALTY.AUDIT WHERE OUTCOME <> 'Succeeded' GROUP BY ALL"));
            }
        }

        Assert.True(cancelled >= 3, $"cancelled {cancelled} times");
        Assert.NotEqual(before, await test.ContentAsync());
    }

    [Fact]
    public async Task Of_several_files_one_that_is_refused_stops_all()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var folder = Directory.CreateDirectory(Path.Combine(test.Folder, "in")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "SUPPORT_CALLS_1.csv"), Imports.CallsHeader + "\n1,1998-06-01,3\n", TestWarehouse.Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "SUPPORT_CALLS_2.csv"), string.Empty, TestWarehouse.Token);
        var refused = await Assert.ThrowsAsync<LoyaltyException>(() => test.ImportFolderAsync(folder));
        Assert.Equal("SourceFileUnreadable", refused.ErrorId);
        Assert.Empty(await test.CallsAsync());
    }

    private static async Task ImportAsync(TestWarehouse test, string path, ImportMode mode, IRunReporter reporter, CancellationToken token)
    {
        var group = new LandingFolder(test.Pipeline.Catalog, _ => { }).Find(path, table: null).Single();
        await new SourceImporter(test.Pipeline).ImportAsync(
            test.Warehouse, group.Key, [.. group], new ImportOptions(mode), reporter, token);
    }

    private sealed class CancellingReporter(CancellationTokenSource source, int sign) : IRunReporter
    {
        private int _signs;

        public void Progress(RunProgress progress)
        {
            if (++_signs == sign)
                source.Cancel();
        }

        public void Warning(string message)
        {
            // Only progress counts.
        }

        public void Verbose(string message)
        {
            // Only progress counts.
        }
    }
}
