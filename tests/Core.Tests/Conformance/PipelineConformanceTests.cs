using System.Text.Json;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Dashboard;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Segments;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Status;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using LoyaltyPipeline.Core.Undoing;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Conformance;

/// <summary>The whole pipeline on both engines, from the same files: every table says the same, row by row.</summary>
[Trait("Group", "Conformance")]
public sealed class PipelineConformanceTests
{
    // Ids of runs and times are never twice the same, nor are texts that name them; hashes and ids made of them are each engine's own.
    private static readonly string[] Differing =
    [
        "RUN_ID", "RESOLVED_BY", "STARTED_AT", "SECONDS", "WAITED_SECONDS", "WRITTEN_AT", "CHECKED_AT", "FAILED_SINCE", "PUBLISHED_AT",
        "HOST", "QUERY_IDS", "HELD_SINCE", "PROCESS_STARTED_AT", "EXPIRES_AT",
        "ROW_HASH", "DELIVERY_ID", "MERGE_RUN_ID", "BASE_ID", "FEED_ID", "FORM_SHA256", "DESTINATION", "FOLDER", "MANIFEST_SHA256",
        "MESSAGE", "VIOLATION_QUERY", "ROWS_PER_SECOND", "LOGGED_AT", "PARAMETERS", "PREVIOUS_HASH", "ENTRY_HASH",
    ];

    private static CancellationToken Token => EngineWarehouse.Token;

    [Fact]
    public async Task Both_engines_come_to_the_same_tables_and_files()
    {
        using var landing = new TemporaryFolder();
        var options = new SyntheticDataOptions { Users = TestDepth.Of(fast: 120, full: 400), Days = 60, Dirty = true };
        await using var duckDb = await EngineWarehouse.CreateAsync(DuckDbDialect.Name);
        await new SyntheticDataWriter(duckDb.Pipeline).WriteFilesAsync(
            landing.Path, options, compress: false, replace: false, duckDb.Reporter, Token);
        await using var snowflake = await EngineWarehouse.CreateAsync(SnowflakeDialect.Name);

        using var deliveries = new TemporaryFolder();
        var expected = await RunAsync(duckDb, landing.Path, Path.Combine(deliveries.Path, "duckdb"), options.LastDay);
        var found = await RunAsync(snowflake, landing.Path, Path.Combine(deliveries.Path, "snowflake"), options.LastDay);

        foreach (var (what, rows) in expected)
            Assert.Equal(rows, found[what]);
        Assert.Equal(expected.Keys, found.Keys);
        Assert.NotEmpty(expected["LOYALTY.MASTER"]);
        Assert.NotEmpty(expected["LOYALTY.QUARANTINE"]);
        Assert.Equal(Warnings(duckDb), Warnings(snowflake));
    }

    /// <summary>Does everything that a pipeline does.</summary>
    internal static async Task<Dictionary<string, IReadOnlyList<string>>> RunAsync(
        EngineWarehouse test, string landing, string destination, DateOnly lastDay)
    {
        var states = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        await test.InitializeAsync();
        Assert.Empty(await test.InitializeAsync());
        foreach (var mode in new[] { ImportMode.Upsert, ImportMode.Upsert, ImportMode.Replace })
        {
            foreach (var group in new LandingFolder(test.Pipeline.Catalog, _ => { }).Find(landing, table: null))
            {
                var result = await new SourceImporter(test.Pipeline).ImportAsync(
                    test.Warehouse, group.Key, [.. group], new ImportOptions(mode), test.Reporter, Token);
                states.Add(
                    $"import {states.Count}",
                    [$"{result.SourceTable} {result.RowsRead} {result.Inserted} {result.Updated} {result.Unchanged} {result.Deleted} {string.Join(", ", result.RejectedByRule)}"]);
            }
        }

        foreach (var day in new[] { lastDay.AddDays(-10), lastDay, lastDay.AddDays(-3) })
            states.Add(
                $"merge {day:O}",
                [Counts(
                    await new MergeRunner(test.Pipeline).RunAsync(
                        test.Warehouse, new MergeOptions(day, Force: true), test.Reporter, Token))]);
        var replayed = new List<string>();
        await foreach (var result in new ReplayRunner(test.Pipeline).RunAsync(
            test.Warehouse, new ReplayOptions(lastDay.AddDays(TestDepth.Of(fast: -4, full: -12)), lastDay, Force: true), test.Reporter,
            Token))
            replayed.Add(Counts(result));
        states.Add("replay", replayed);
        states.Add(
            "sample",
            [.. (await new MergeRunner(test.Pipeline).RunAsync(
                test.Warehouse, new MergeOptions(lastDay.AddDays(1), PlanOnly: true, SampleUsers: 3), test.Reporter, Token)).Changes.Select(
                    change => $"{change.UserId} {change.Change} {change.Column}")]);
        states.Add("deliver", await DeliverAsync(test, destination));
        states.Add("undo", await UndoAsync(test, lastDay));
        var thinned = await new HistoryCompressor(test.Pipeline).CompressAsync(
            test.Warehouse, new CompressOptions(new RetentionRule(4, ThenMonthly: false)), test.Reporter, Token);
        states.Add("compress", [$"{thinned.DaysKept} {thinned.DaysRemoved.Count} {thinned.VersionsBefore} {thinned.VersionsAfter}"]);
        var checks = await new IntegrityRunner(test.Pipeline).RunAsync(test.Warehouse, new IntegrityOptions(), test.Reporter, Token);
        // How many steps a run has is the engine's own.
        states.Add(
            "checks",
            [.. checks.Where(check => check.Table != "LOYALTY.RUN_STEP")
                .Select(
                    check => $"{check.CheckId} {check.Status} {check.Violations} {check.Total} {string.Join("; ", check.Sample)}{(check.Status == CheckStatus.Error ? check.Message : string.Empty)}")]);
        var members = new List<string>();
        await foreach (var member in SegmentReader.ReadAsync(test.Warehouse, new SegmentQuery(First: 50), Token))
            members.Add(Facts.Of(member));
        states.Add("members", members);
        states.Add("dashboard", await ShowAsync(test));
        states.Add("status", await LookAsync(test, lastDay));
        await ReadTablesAsync(test, states);
        return states;
    }

    // Where things lie, and when they ran, is each engine's own.
    private static async Task<IReadOnlyList<string>> LookAsync(EngineWarehouse test, DateOnly lastDay)
    {
        var status = await new StatusReader(test.Pipeline).ReadAsync(
            test.Warehouse, lastDay.AddDays(3).ToDateTime(TimeOnly.MinValue), test.Reporter, Token);
        var said = new List<string>
        {
            $"{status.NewestDay:O} {status.DaysMissing} {status.Users} {status.UsersChange} {status.Rejected} {status.OpenQuarantine} {status.HeldBy}",
            string.Join("; ", status.Reasons), string.Join("; ", status.SegmentMoves), string.Join("; ", status.SourcesBehind),
            string.Join("; ", status.Deliveries.Select(delivery => $"{delivery.Consumer} {delivery.Status} {delivery.Audience}")),
        };
        await foreach (var state in new SourceStateReader(test.Pipeline).ReadAsync(
            test.Warehouse, test.Pipeline.Catalog.Sources, wait: null, test.Reporter, Token))
        {
            said.Add(
                $"{state.Table} {state.Rows} {state.NewestEvent:O} {state.DaysBehind} {state.IsFresh} {state.LastImportStatus} {state.LastFile} {state.OpenQuarantine} {state.Remark}");
        }

        var user = await new UserReader(test.Pipeline).ReadAsync(
            test.Warehouse, 1, showPersonalData: true, wait: null, test.Reporter, Token);
        said.Add($"{string.Join(", ", user!.Master!)} {user.Versions.Count} {user.Deliveries.Count} {string.Join(", ", user.SourceRows)}");
        return said;
    }

    // The newest day, which is written again, and one in between.
    private static async Task<IReadOnlyList<string>> UndoAsync(EngineWarehouse test, DateOnly lastDay)
    {
        var said = new List<string>();
        foreach (var day in new[] { lastDay, lastDay.AddDays(-2) })
        {
            var undone = await new MergeUndoer(test.Pipeline).UndoAsync(test.Warehouse, new UndoOptions(day), test.Reporter, Token);
            said.Add(
                $"{undone.Users} {undone.UsersAffected} {undone.VersionsRemoved} {undone.VersionsJoined} {undone.Quarantined} {undone.Deliveries.Count}");
            said.AddRange((await test.RowsAsync("SELECT * FROM LOYALTY.HISTORY")).Order(StringComparer.Ordinal));
            said.AddRange((await test.RowsAsync("SELECT * FROM LOYALTY.MASTER")).Order(StringComparer.Ordinal));
        }

        said.Add(
            Counts(await new MergeRunner(test.Pipeline).RunAsync(
                test.Warehouse, new MergeOptions(lastDay, Force: true), test.Reporter, Token)));
        return said;
    }

    private static async Task<IReadOnlyList<string>> DeliverAsync(EngineWarehouse test, string destination)
    {
        var said = new List<string>();
        foreach (var (name, mode) in new[] { ("Marketing", DeliveryMode.Full), ("CustomerSuccess", DeliveryMode.Diff),
            ("Marketing", DeliveryMode.Full) })
        {
            var consumer = test.Pipeline.Config.Consumers[name] with { Destination = destination };
            var result = await new DeliveryRunner(test.Pipeline).DeliverAsync(
                test.Warehouse, new DeliveryOptions(consumer, mode), test.Reporter, Token);
            said.Add(
                $"{name} {result.Outcome} {result.Mode} {result.Audience} {result.Rows} {result.Bytes} {result.LeftOut} {Facts.Of(result.Files)}");
        }

        return said;
    }

    // Of the tabs that tell of runs, which have times and ids, it is compared what they have and how it is; where time went is the engine's
    // own.
    private static async Task<IReadOnlyList<string>> ShowAsync(EngineWarehouse test)
    {
        var document = await new PipelineDashboard(test.Pipeline).DescribeAsync(test.Warehouse, days: 90, wait: null, test.Reporter, Token);
        var told = document.Tabs.Where(tab => tab.Id is "engagement" or "adoption" or "catalog").ToList();
        return
        [
            .. told.Select(tab => JsonSerializer.Serialize(tab)),
            .. document.Tabs.Except(told).Where(tab => tab.Id != "load").SelectMany(tab => tab.Panels)
                .Select(panel => $"{panel.Id} {panel.State} {panel.Table?.Rows.Count} {panel.Facts?.Count} {panel.Links?.Count}"),
        ];
    }

    private static async Task ReadTablesAsync(EngineWarehouse test, Dictionary<string, IReadOnlyList<string>> states)
    {
        // What a step is, and how many, is the engine's own.
        foreach (var table in test.Pipeline.Catalog.Tables.Where(table => table.Masks is null && table.Name.Table is not "RUN_STEP"))
        {
            var columns = table.Columns.Select(column => column.Name).Except(Differing).ToList();
            var where = table.Name.Table switch
            {
                "METRIC" => " WHERE METRIC <> 'run_seconds'",
                "CHECK_RESULT" => " WHERE TABLE_NAME IS DISTINCT FROM 'LOYALTY.RUN_STEP'",
                _ => string.Empty,
            };
            states.Add(
                table.Name.ToString(),
                [.. (await test.RowsAsync($"SELECT {SqlText.List(columns)} FROM {table.Name}{where}")).Order(StringComparer.Ordinal)]);
        }
    }

    private static string Counts(MergeResult result) =>
        $"{result.RunDate:O} {result.Users} {result.Inserted} {result.Updated} {result.Deleted} {result.Unchanged} {string.Join(", ", result.QuarantinedByRule)} {string.Join(", ", result.SegmentMoves)} {string.Join(", ", result.Guards)} {string.Join(", ", result.Sources.Select(source => $"{source} {source.RowsQuarantined} {source.NewestEventAt:O}"))}";

    private static IEnumerable<string> Warnings(EngineWarehouse test) => test.Reporter.Warnings;
}
