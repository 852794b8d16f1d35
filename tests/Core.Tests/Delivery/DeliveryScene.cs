using System.Globalization;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Delivery.Verification;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>
/// A warehouse whose Master is written straight, a day at a time, and a consumer of its highly engaged users with a destination of its own.
/// </summary>
internal sealed class DeliveryScene : IAsyncDisposable
{
    /// <summary>Nothing is hidden, so that what is delivered can be compared with Master.</summary>
    public static readonly RedactionPolicy KeepAll = new(RedactionMethod.Keep, RedactionMethod.Keep, RedactionMethod.Keep);

    private static readonly string[] Tables =
    [
        "MASTER", "HISTORY", "SNAPSHOT", "RUN", "RUN_STEP", "RUN_SOURCE", "QUARANTINE", "SUPPRESSION", "DELIVERY", "DELIVERY_FILE",
        "DELIVERED_MEMBER", "METRIC", "CHECK_RESULT",
        "AUDIT", "AUDIT_HEAD", "RUN_LOCK",
    ];

    private readonly RunRecorder _recorder = new();

    private DeliveryScene(TestWarehouse test, string? destination, S3Settings? s3)
    {
        Test = test;
        Consumer = new Consumer
        {
            Name = "Crm",
            Segment = EngagementSegment.HighlyEngaged,
            Destination = destination ?? Path.Combine(test.Folder, "out"),
            Compression = FileCompression.None,
            Redaction = KeepAll,
            S3 = s3 ?? new S3Settings(),
        };
    }

    /// <summary>The first day.</summary>
    public static DateOnly Day { get; } = new(2024, 3, 31);

    public TestWarehouse Test { get; }

    /// <summary>To whom is delivered; a test changes it as it likes.</summary>
    public Consumer Consumer { get; set; }

    public string Destination => Consumer.Destination!;

    /// <summary>How large a file gets before another is begun; null for what users have.</summary>
    public long? PartBytes { get; set; }

    /// <summary>Everything that was reported, details too.</summary>
    public IReadOnlyCollection<string> Reported => _recorder.Everything;

    public IReadOnlyCollection<string> Warnings => _recorder.Warnings;

    /// <summary>Makes a scene.</summary>
    /// <param name="users">How many users there are on the first day, from 1; 0 for a day that is not written yet.</param>
    /// <param name="destination">Where to; null for a folder of the scene.</param>
    /// <param name="s3">How an S3 server is reached.</param>
    /// <param name="path">The warehouse's file, where it is not to be in memory.</param>
    public static async Task<DeliveryScene> CreateAsync(
        int users = 0, string? destination = null, S3Settings? s3 = null, string path = ":memory:")
    {
        var scene = new DeliveryScene(await TestWarehouse.CreateAsync(withSources: false, path), destination, s3);
        if (users > 0)
        {
            await scene.AddUsersAsync(1, users);
            await scene.WriteDayAsync();
        }

        return scene;
    }

    public async Task RunAsync(params string[] statements)
    {
        foreach (var statement in statements)
            await Test.ExecuteAsync(statement);
    }

    /// <summary>Highly engaged users with consent and an active account.</summary>
    /// <param name="replaced">What is otherwise of them: SQL of values by column, of a user <c>u</c>.</param>
    public Task AddUsersAsync(int first, int last, params (string Column, string Value)[] replaced) => RunAsync(
        $"""
        INSERT INTO LOYALTY.MASTER BY NAME SELECT * {(replaced.Length == 0 ? string.Empty : $"REPLACE ({string.Join(", ", replaced.Select(item => $"{item.Value} AS {item.Column}"))})")} FROM (
            SELECT u AS USER_ID, 'u' || u || '@example.com' AS EMAIL, 'User ' || u AS FULL_NAME, '032 2 ' || u AS PHONE, 'EU' AS REGION_CODE, 'standard' AS ACCOUNT_TYPE, 'active' AS ACCOUNT_STATUS,
                TRUE AS MARKETING_CONSENT, TIMESTAMP '2023-01-02 03:04:05.678901' + INTERVAL (u) MINUTE AS SIGNED_UP_AT, 'Europe' AS REGION_NAME, 'Core' AS REGION_CLASS,
                CASE WHEN u % 3 = 0 THEN NULL ELSE TIMESTAMP '2024-03-01 00:00:00' END AS LAST_LOGIN_AT, u % 7 AS LOGINS_30D, CAST(NULL AS TIMESTAMP) AS LAST_PURCHASE_AT, 0 AS PURCHASES_TOTAL,
                CAST(u - 3.5 AS DECIMAL(18, 2)) AS PURCHASE_AMOUNT_TOTAL, 0 AS PURCHASES_30D, 0 AS FEEDBACK_COUNT, CAST(CASE WHEN u % 2 = 0 THEN 4.25 END AS DECIMAL(3, 2)) AS AVERAGE_RATING,
                CAST(NULL AS TIMESTAMP) AS LAST_ACTIVITY_AT, CAST(70 + u % 30 AS DECIMAL(5, 2)) AS ENGAGEMENT_SCORE, DATE '2024-03-01' + CAST(u % 20 AS INTEGER) AS ENGAGEMENT_SCORE_DATE,
                0 AS REPEAT_ENGAGEMENTS, 0 AS FEATURES_ADOPTED, 0 AS MODULES_ADOPTED, CAST(NULL AS TIMESTAMP) AS LAST_FEATURE_USED_AT, 0 AS RETENTION_ACTIONS, CAST(NULL AS VARCHAR) AS LAST_RETENTION_ACTION,
                CAST(NULL AS TIMESTAMP) AS LAST_RETENTION_ACTION_AT, CAST(NULL AS VARCHAR) AS LAST_RETENTION_OUTCOME, 0 AS SUPPORT_CALLS_30D, 0 AS SUPPORT_CHATS_30D,
                CAST(NULL AS DECIMAL(3, 2)) AS AVERAGE_CHAT_SATISFACTION, 0 AS OPEN_TICKETS, 0 AS TICKETS_30D, 0 AS OPEN_SERVICE_REQUESTS, 0 AS HELP_VIEWS_30D, 35 AS LOW_ENGAGEMENT_BELOW,
                70 AS HIGHLY_ENGAGED_FROM, 'Highly Engaged' AS ENGAGEMENT_SEGMENT
            FROM range({first}, {last + 1}) AS r(u))
        """);

    /// <summary>Changes users of Master.</summary>
    public Task SetAsync(string assignments, string where = "TRUE") => RunAsync($"UPDATE LOYALTY.MASTER SET {assignments} WHERE {where}");

    /// <summary>Sets texts with whatever characters they may have.</summary>
    public async Task SetTextsAsync(string column, IReadOnlyDictionary<int, string?> values)
    {
        await using var session = await Test.Warehouse.OpenSessionAsync(TestWarehouse.Token);
        foreach (var (user, value) in values)
            await session.ExecuteAsync($"UPDATE LOYALTY.MASTER SET {column} = ? WHERE USER_ID = ?", [value, user], TestWarehouse.Token);
    }

    public Task SuppressAsync(params int[] users) =>
        RunAsync([.. users.Select(user => $"INSERT INTO LOYALTY.SUPPRESSION (USER_ID, REASON, SINCE) VALUES ({user}, 'asked', NULL)")]);

    /// <summary>Makes what Master holds that of a day, as a merge would: again for a day that is written.</summary>
    public Task WriteDayAsync(int daysLater = 0, string? runId = null)
    {
        var day = $"DATE '{Day.AddDays(daysLater):yyyy-MM-dd}'";
        var run = runId ?? Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        return RunAsync(
            $"DELETE FROM LOYALTY.HISTORY WHERE VALID_FROM = {day}",
            $"UPDATE LOYALTY.HISTORY SET VALID_TO = {day} WHERE VALID_TO IS NULL",
            $"INSERT INTO LOYALTY.HISTORY BY NAME SELECT *, {day} AS VALID_FROM FROM LOYALTY.MASTER",
            $"DELETE FROM LOYALTY.SNAPSHOT WHERE SNAPSHOT_DATE = {day}",
            $"INSERT INTO LOYALTY.SNAPSHOT SELECT {day}, '{run}', COUNT(*), TIMESTAMP '2024-04-01' FROM LOYALTY.MASTER");
    }

    public Task<DeliveryResult> DeliverAsync(
        DeliveryMode mode = DeliveryMode.Full, int? daysLater = null, bool force = false, bool planOnly = false) =>
        DeliverAsync(_recorder, mode, daysLater, force, planOnly, TestWarehouse.Token);

    public Task<DeliveryResult> DeliverAsync(
        IRunReporter reporter, DeliveryMode mode, int? daysLater, bool force, bool planOnly, CancellationToken cancellationToken)
    {
        var options = new DeliveryOptions(Consumer, mode, daysLater is { } days ? Day.AddDays(days) : null, force, planOnly);
        return new DeliveryRunner(Test.Pipeline).DeliverAsync(
            Test.Warehouse, PartBytes is { } bytes ? options with { PartBytes = bytes } : options, reporter, cancellationToken);
    }

    /// <summary>Delivers, expects the error, and that neither destination nor log of deliveries has changed.</summary>
    public async Task<LoyaltyException> RefusedAsync(string errorId, DeliveryMode mode = DeliveryMode.Full, int? daysLater = null)
    {
        var before = await StateAsync("DELIVERY", "DELIVERY_FILE", "DELIVERED_MEMBER", "METRIC");
        var files = Files();
        var error = await Assert.ThrowsAsync<LoyaltyException>(() => DeliverAsync(mode, daysLater));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(before, await StateAsync("DELIVERY", "DELIVERY_FILE", "DELIVERED_MEMBER", "METRIC"));
        Assert.Equal(files, Files());
        return error;
    }

    /// <summary>Deliveries, the newest first.</summary>
    public Task<IReadOnlyList<DeliveryRecord>> LogAsync() =>
        DeliveryReader.ReadAsync(Test.Warehouse, new DeliveryQuery(), Test.Reporter, TestWarehouse.Token);

    public async Task<RunRecord> NewestRunAsync() =>
        (await RunReader.ReadAsync(Test.Warehouse, new RunQuery(), Test.Reporter, TestWarehouse.Token))[0];

    /// <summary>Every row of the warehouse, or of some tables.</summary>
    public async Task<string> StateAsync(params string[] tables)
    {
        var text = new List<string>();
        foreach (var table in tables.Length == 0 ? Tables : tables)
            text.AddRange([table, .. await Test.RowsAsync($"SELECT * FROM LOYALTY.{table} ORDER BY ALL")]);
        return string.Join('\n', text);
    }

    /// <summary>The files of the destination, if it is a folder, with their size, time and name.</summary>
    public IReadOnlyList<string> Files() => Directory.Exists(Destination)
        ? [.. new DirectoryInfo(Destination).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(
                file => $"{Path.GetRelativePath(Destination, file.FullName).Replace(Path.DirectorySeparatorChar, '/')} {file.Length} {file.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The names of those files.</summary>
    public IReadOnlyList<string> FileNames() => [.. Files().Select(file => file.Split(' ')[0])];

    /// <summary>The checks that fail, as <c>Check</c> or <c>Check file</c>.</summary>
    public async Task<IReadOnlyList<string>> FailuresAsync(string location) =>
        [.. (await VerifyAsync(location)).Where(check => !check.Passed)
            .Select(check => check.File is null ? check.Check : $"{check.Check} {check.File}")];

    public async Task<List<DeliveryCheck>> VerifyAsync(string location)
    {
        var checks = new List<DeliveryCheck>();
        await foreach (var check in DeliveryVerifier.VerifyAsync(location, Consumer.S3, _recorder, TestWarehouse.Token))
            checks.Add(check);
        return checks;
    }

    /// <summary>The manifest of a delivery to a folder.</summary>
    public static DeliveryManifest ManifestOf(DeliveryResult result) =>
        ManifestJson.ReadManifest(File.ReadAllText(result.Manifest), result.Manifest);

    /// <summary>The folder of a delivery to a folder.</summary>
    public static string FolderOf(DeliveryResult result) => Path.GetDirectoryName(result.Manifest)!;

    /// <summary>What <c>latest.json</c> says.</summary>
    public LatestDelivery? Latest()
    {
        var path = Path.Combine(Destination, Consumer.Name, Consumer.Segment.ToString(), "latest.json");
        return File.Exists(path) ? ManifestJson.ReadLatest(File.ReadAllText(path), path) : null;
    }

    public ValueTask DisposeAsync() => Test.DisposeAsync();
}
