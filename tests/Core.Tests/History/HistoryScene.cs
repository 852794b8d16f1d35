using System.Globalization;
using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Undoing;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.History;

/// <summary>A warehouse whose Master has few columns, all from one source, so that a test can merge thousands of times.</summary>
internal sealed class HistoryScene : IDisposable
{
    private static readonly DateOnly FirstDay = new(2024, 2, 27);
    private static readonly LoyaltyCatalog Full = CatalogReader.Read(Path.Combine(Repository.SqlFolder, "catalog.yml"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loyalty-history-");
    private readonly DuckDbWarehouse _warehouse;
    private readonly DuckDBConnection _connection;
    private PipelineDefinition _pipeline;

    public HistoryScene()
    {
        _warehouse = Wait(DuckDbWarehouse.OpenAsync(":memory:", TestWarehouse.Token));
        _connection = ((DuckDbSession)Wait(_warehouse.OpenSessionAsync(TestWarehouse.Token))).Connection;
        Execute(EngineThreads.Sql);
        _pipeline = Define(withPhone: false);
        Wait(
            new SchemaInstaller(_pipeline.Catalog).InitializeAsync(
                _warehouse, includeSources: true, planOnly: false, new RecordingReporter(), TestWarehouse.Token));
    }

    /// <summary>Whether the tables have the column that Master gets later.</summary>
    public bool HasPhone => Rows("SELECT 1 FROM duckdb_columns() WHERE table_name = 'HISTORY' AND column_name = 'PHONE'").Count > 0;

    private string Columns => $"USER_ID, EMAIL, ENGAGEMENT_SEGMENT, {(HasPhone ? "PHONE" : "NULL AS PHONE")}";

    private static DateOnly DateOf(int day) => FirstDay.AddDays(day);

    public void Apply(HistoryCommand command)
    {
        switch (command)
        {
            case HistoryCommand.SetUser set:
                Apply(new HistoryCommand.RemoveUser(set.User));
                Execute($"""
                    INSERT INTO DW_A.USER_PROFILE (USER_ID, EMAIL, FULL_NAME, PHONE, REGION_CODE, ACCOUNT_TYPE, ACCOUNT_STATUS, MARKETING_CONSENT, SIGNED_UP_AT, UPDATED_AT)
                    VALUES ({set.User}, {Text(set.Profile.Email)}, {Text(set.Profile.Segment)}, {Text(set.Profile.Phone)}, {Text(set.Profile.Email)}, 'plus', 'active', TRUE, '{DateOf(set.Profile.SignedUp):yyyy-MM-dd}', '2024-01-01')
                    """);
                break;
            case HistoryCommand.RemoveUser remove:
                Execute($"DELETE FROM DW_A.USER_PROFILE WHERE USER_ID = {remove.User}");
                break;
            case HistoryCommand.AddColumn:
                _pipeline = Define(withPhone: true);
                break;
            case HistoryCommand.WriteDay write:
                Wait(
                    new MergeRunner(_pipeline).RunAsync(
                        _warehouse, new MergeOptions(DateOf(write.Day), Force: true), new RecordingReporter(), TestWarehouse.Token));
                break;
            case HistoryCommand.UndoDay undo:
                var isWritten = Rows($"SELECT 1 FROM LOYALTY.SNAPSHOT WHERE SNAPSHOT_DATE = '{DateOf(undo.Day):yyyy-MM-dd}'").Count > 0;
                var undoing = new MergeUndoer(_pipeline).UndoAsync(
                    _warehouse, new UndoOptions(DateOf(undo.Day)), new RecordingReporter(), TestWarehouse.Token);
                if (isWritten)
                    Wait(undoing);
                else
                    Assert.Equal("DayNotWritten", Assert.Throws<LoyaltyException>(() => Wait(undoing)).ErrorId);
                break;
            case HistoryCommand.Thin thin:
                Wait(new HistoryCompressor(_pipeline).CompressAsync(
                    _warehouse,
                    new CompressOptions(new RetentionRule(1, ThenMonthly: false)),
                    written => [.. written.SkipLast(1).Where(day => thin.Removes(day.DayNumber - FirstDay.DayNumber))],
                    new RecordingReporter(),
                    TestWarehouse.Token));
                break;
            default:
                throw new InvalidOperationException($"Unknown command {command}.");
        }
    }

    public List<string> Rows(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable
                .Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "NULL" : reader.GetValue(column) switch
                {
                    DateOnly day => (day.DayNumber - FirstDay.DayNumber).ToString(CultureInfo.InvariantCulture),
                    var value => Convert.ToString(value, CultureInfo.InvariantCulture),
                })));
        }

        return rows;
    }

    /// <summary>Every version, as it is stored.</summary>
    public List<string> History() =>
        Rows($"SELECT {Columns}, VALID_FROM, VALID_TO FROM LOYALTY.HISTORY ORDER BY USER_ID, VALID_FROM, VALID_TO");

    /// <summary>Makes sure that the warehouse says of the past and the present what a model says.</summary>
    public void AssertIs(HistoryModel model)
    {
        var columns = Columns;
        Assert.Equal(
            model.Versions()
                .Select(
                    version => $"{Describe(version.Row)}|{version.From}|{version.To?.ToString(CultureInfo.InvariantCulture) ?? "NULL"}"),
            History());
        Assert.Equal(model.Master.Select(Describe), Rows($"SELECT {columns} FROM LOYALTY.MASTER ORDER BY ALL"));
        Assert.Equal(
            model.Days.SelectMany(day => day.Value.Select(row => $"{day.Key}|{Describe(row)}")),
            Rows($"SELECT SNAPSHOT_DATE, {columns} FROM LOYALTY.HISTORY_SNAPSHOT ORDER BY SNAPSHOT_DATE, USER_ID"));
        Assert.Equal(
            model.Days.Select(day => $"{day.Key}|{day.Value.Count}"),
            Rows("SELECT SNAPSHOT_DATE, ROW_COUNT FROM LOYALTY.SNAPSHOT ORDER BY ALL"));
        Assert.Equal(
            model.Measured.Select(day => day.ToString(CultureInfo.InvariantCulture)),
            Rows("SELECT DISTINCT RUN_DATE FROM LOYALTY.METRIC ORDER BY RUN_DATE"));
        Assert.Equal(
            model.Days.SelectMany(Metrics).Order(StringComparer.Ordinal),
            Rows("""
                SELECT RUN_DATE, METRIC, REGION_CODE, CAST(VALUE AS DOUBLE) FROM LOYALTY.METRIC
                WHERE (METRIC = 'users' OR METRIC = 'null_share.email') AND RUN_DATE IN (SELECT SNAPSHOT_DATE FROM LOYALTY.SNAPSHOT)
                """).Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        _connection.Dispose();
        Wait(_warehouse.DisposeAsync().AsTask().ContinueWith(_ => true, TaskScheduler.Default));
        _folder.Delete(recursive: true);
    }

    // The region of a user is called like the address, and no region is known.
    private static IEnumerable<string> Metrics(KeyValuePair<int, IReadOnlyList<ModelRow>> day) =>
    [
        .. day.Value.GroupBy(row => row.Email is null ? "(none)" : "(unknown)")
            .Select(region => $"{day.Key}|users|{region.Key}|{region.Count()}"),
        $"{day.Key}|users|*|{day.Value.Count}",
        $"{day.Key}|null_share.email|*|{Math.Round(day.Value.Count(row => row.Email is null) / (decimal)day.Value.Count, 6) / 1.000000m}",
    ];

    private static string Describe(ModelRow row) => $"{row.User}|{row.Email ?? "NULL"}|{row.Segment ?? "NULL"}|{row.Phone ?? "NULL"}";

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static string Text(string? value) => value is null ? "NULL" : $"'{value}'";

    private PipelineDefinition Define(bool withPhone)
    {
        string[] names = withPhone
            ? ["USER_ID", "EMAIL", "REGION_CODE", "PHONE", "ENGAGEMENT_SEGMENT"]
            : ["USER_ID", "EMAIL", "REGION_CODE", "ENGAGEMENT_SEGMENT"];
        var columns = names.Select(name => Full.Master.FindColumn(name)! with { Nullable = name != "USER_ID", Accepted = [] }).ToList();
        // The segment is made of the name: a text that a test may choose.
        columns[^1] = columns[^1] with { PersonalData = PersonalData.Name };
        var master = Full.Master with { Columns = columns, Key = [columns[0]] };
        var full = Full.Table("LOYALTY.HISTORY");
        var versions = full.Columns.Where(column => column.Name.StartsWith("VALID_", StringComparison.Ordinal)).ToList();
        var history = full with { Columns = [.. columns, .. versions], Key = [columns[0], versions[0]] };
        var log = Full.Table("LOYALTY.HISTORY_SNAPSHOT");
        var script = Path.Combine(_folder.FullName, $"{names.Length}.sql");
        File.WriteAllText(
            script,
            $$"""SELECT {{string.Join(", ", names[..^1])}}, FULL_NAME AS ENGAGEMENT_SEGMENT FROM {DW_A.USER_PROFILE} WHERE SIGNED_UP_AT < {run_date} + INTERVAL '1 day'""");
        return new PipelineDefinition
        {
            Catalog = new LoyaltyCatalog([
                Full.Users, master, history,
                .. Full.Tables.Where(table => table.Kind == TableKind.Warehouse && table != Full.Master && table != full),
                log with { Columns = [.. columns, log.FindColumn("SNAPSHOT_DATE")!] },
            ]),
            Config = PipelineConfig.Default,
            MasterScriptPath = script,
            ModuleVersion = "0",
        };
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
