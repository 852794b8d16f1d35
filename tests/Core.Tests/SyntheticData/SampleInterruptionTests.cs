using System.Diagnostics;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.SyntheticData.Sinks;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.Truth;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

public sealed class SampleInterruptionTests
{
    /// <summary>Large enough to take a minute if nobody stopped it.</summary>
    private static readonly SyntheticDataOptions Endless = new() { Users = 5_000_000, Dirty = true };

    [Fact]
    public async Task A_cancelled_run_ends_soon_and_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var clock = new Stopwatch();
        using (var landing = new CsvLandingFolder(folder.Path))
        {
            var progress = new SynchronousProgress(_ => Stop(stop, clock));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => SyntheticTablesWriter.WriteAsync(ShippedCatalog.Catalog, Endless, landing.Open, progress, stop.Token));
        }

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30); // against hanging only
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_cancelled_run_leaves_no_row_and_the_database_usable()
    {
        using var database = new SourceDatabase();
        using var stop = new CancellationTokenSource();
        var clock = new Stopwatch();
        var progress = new SynchronousProgress(step =>
        {
            if (step.RowsWritten > 500_000)
                Stop(stop, clock);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.FillAsync(Endless, progress, stop.Token));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30); // against hanging only
        Assert.All(SourceConditions.Tables, table => Assert.Equal(0, database.Count(table.Name)));
        await database.FillAsync(new SyntheticDataOptions { Users = 10 }, token: TestContext.Current.CancellationToken);
        Assert.Equal(10, database.Count("DW_A.USER_PROFILE"));
    }

    [Fact]
    public async Task The_first_failure_stops_the_others_and_is_the_one_that_is_thrown()
    {
        var failure = await Assert.ThrowsAsync<IOException>(() => SyntheticTablesWriter.WriteAsync(
            ShippedCatalog.Catalog,
            Endless with { Threads = 4 },
            (table, columns) => table.EndsWith("USER_PROFILE", StringComparison.Ordinal)
                ? throw new IOException("disk full")
                : new CsvRowSink(Stream.Null, columns),
            cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal("disk full", failure.Message);
    }

    [Fact]
    public async Task An_interrupted_run_keeps_the_files_of_the_last_complete_one()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "REGION_METADATA.csv");
        await File.WriteAllTextAsync(file, "old", TestContext.Current.CancellationToken);
        using (var landing = new CsvLandingFolder(folder.Path))
            await SyntheticTablesWriter.WriteAsync(
                ShippedCatalog.Catalog,
                new SyntheticDataOptions { Users = 5 }, landing.Open, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([file], Directory.GetFiles(folder.Path));
        Assert.Equal("old", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Files_of_a_sample_are_replaced_in_whatever_form_they_are_and_others_stay()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "notes.csv"), "x", TestContext.Current.CancellationToken);
        await WriteAsync(compress: false, replace: false);

        Assert.Equal(
            "SampleTargetNotEmpty", (await Assert.ThrowsAsync<LoyaltyException>(() => WriteAsync(compress: true, replace: false))).ErrorId);
        await WriteAsync(compress: true, replace: true);

        Assert.Equal(
            SourceDefinitions.All.Count,
            Directory.EnumerateFiles(folder.Path).Count(file => file.EndsWith(".csv.gz", StringComparison.Ordinal)));
        Assert.Equal(
            ["notes.csv"],
            Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Where(name => !name!.EndsWith(".gz", StringComparison.Ordinal)));

        Task WriteAsync(
            bool compress,
            bool replace) => new SyntheticDataWriter(PipelineLoader.Load(Repository.SqlFolder, configPath: null)).WriteFilesAsync(
            folder.Path, new SyntheticDataOptions { Users = 5, Days = 20 }, compress, replace, new RecordingReporter(),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Progress_ends_with_all_rows()
    {
        var seen = new List<SyntheticProgress>();
        var gate = new Lock();
        var progress = new SynchronousProgress(step =>
        {
            lock (gate)
                seen.Add(step);
        });
        using var database = new SourceDatabase();
        var result = await database.FillAsync(new SyntheticDataOptions { Users = 20_000 }, progress, TestContext.Current.CancellationToken);
        Assert.Equal(result.Rows, seen.Max(step => step.RowsWritten));
        Assert.All(seen, step => Assert.InRange(step.RowsWritten, 0, step.RowsExpected));
        Assert.True(seen.Count > SourceDefinitions.All.Count);
    }

    [Fact]
    public async Task Progress_says_that_its_rows_are_those_of_all_tables()
    {
        using var folder = new TemporaryFolder();
        var reporter = new RecordingReporter();
        await new SyntheticDataWriter(PipelineLoader.Load(Repository.SqlFolder, configPath: null)).WriteFilesAsync(
            folder.Path, new SyntheticDataOptions { Users = 50, Days = 20 }, compress: false, replace: false, reporter,
            TestContext.Current.CancellationToken);
        Assert.NotEmpty(reporter.ProgressReports);
        Assert.All(
            reporter.ProgressReports,
            progress => Assert.Matches(@"^DW_[ABC]\.[A-Z_]+; [0-9]+ of about [0-9]+ rows of all tables\z", progress.Step));
    }

    private static void Stop(CancellationTokenSource stop, Stopwatch clock)
    {
        clock.Start();
        stop.Cancel();
    }
}
