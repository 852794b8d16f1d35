using System.Diagnostics;
using System.Globalization;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Makes a warehouse whose Master holds highly engaged users who agreed, and nobody else.</summary>
internal static class AudienceTask
{
    public const string Name = "audience";

    public static Task<MeasuredRun> StartAsync(
        string warehouse, int users, CancellationToken cancellationToken) => MeasuredProcess.StartAsync(
        Name,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["warehouse"] = warehouse,
            ["users"] = users.ToString(CultureInfo.InvariantCulture),
        }, cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
        var users = long.Parse(arguments["users"], CultureInfo.InvariantCulture);
        var clock = Stopwatch.StartNew();
        await using (var warehouse = await DuckDbWarehouse.OpenAsync(arguments["warehouse"], cancellationToken))
        {
            await new SchemaInstaller(pipeline.Catalog).InitializeAsync(
                warehouse, includeSources: false, planOnly: false, new SilentReporter(), cancellationToken);
            await using var session = await warehouse.OpenSessionAsync(cancellationToken);
            await session.ExecuteAsync(
                $"""
                INSERT INTO LOYALTY.MASTER BY NAME
                SELECT n AS USER_ID, 'user' || n || '@example.org' AS EMAIL, 'First' || n % 997 || ' Last' || n % 9973 AS FULL_NAME, '+1555' || LPAD(CAST(n * 7919 % 10000000 AS VARCHAR), 7, '0') AS PHONE,
                    'R' || n % 40 AS REGION_CODE, 'Region number ' || n % 40 AS REGION_NAME, ['standard', 'plus', 'premium'][1 + n % 3] AS ACCOUNT_TYPE, 'active' AS ACCOUNT_STATUS, TRUE AS MARKETING_CONSENT,
                    TIMESTAMP '2020-01-01' + INTERVAL (n % 100000000) SECOND AS SIGNED_UP_AT, CASE WHEN n % 5 > 0 THEN TIMESTAMP '2026-01-01' + INTERVAL (n * 13 % 10000000) SECOND END AS LAST_LOGIN_AT,
                    TIMESTAMP '2026-01-01' + INTERVAL (n * 17 % 10000000) SECOND AS LAST_PURCHASE_AT, CAST(n % 9 AS INTEGER) AS PURCHASES_30D,
                    CAST(n % 100000 / 7.0 AS DECIMAL(18, 2)) AS PURCHASE_AMOUNT_TOTAL, CAST(1 + n % 4 AS DECIMAL(3, 2)) AS AVERAGE_RATING, CAST(n % 10000 / 100.0 AS DECIMAL(5, 2)) AS ENGAGEMENT_SCORE,
                    DATE '2026-06-01' + CAST(n % 30 AS INTEGER) AS ENGAGEMENT_SCORE_DATE, 'Highly Engaged' AS ENGAGEMENT_SEGMENT
                FROM RANGE(1, {users} + 1) AS r(n) ORDER BY n
                """,
                cancellationToken);
            await session.ExecuteAsync(
                $"INSERT INTO LOYALTY.SNAPSHOT VALUES (DATE '2026-06-30', 'benchmark', {users}, TIMESTAMP '2026-06-30 12:00:00')",
                cancellationToken);
            await session.ExecuteAsync("CHECKPOINT", cancellationToken);
        }

        return MeasuredRun.OfThisProcess(clock.Elapsed.TotalSeconds, users);
    }
}
