using System.Diagnostics;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.History;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Reads a table that holds Master of one day and nothing else, into the same objects as History.</summary>
internal static class PlainCopyTask
{
    public const string Name = "plain-copy";

    public static void Prepare(string copies, string target, DateOnly day)
    {
        Workspace.DeleteWarehouse(target);
        DuckDbFile.Execute(
            target,
            [$"ATTACH '{copies}' AS COPIES (READ_ONLY)",
                $"CREATE TABLE DAY_COPY AS SELECT * EXCLUDE (SNAPSHOT_DATE) FROM COPIES.DAILY WHERE SNAPSHOT_DATE = '{day:yyyy-MM-dd}' ORDER BY USER_ID"]);
    }

    public static Task<MeasuredRun> StartAsync(string file, CancellationToken cancellationToken) =>
        MeasuredProcess.StartAsync(Name, new Dictionary<string, string>(StringComparer.Ordinal) { ["file"] = file }, cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        long rows = 0;
        var clock = Stopwatch.StartNew();
        await using (var warehouse = await DuckDbWarehouse.OpenAsync(arguments["file"], cancellationToken))
        {
            await using var session = await warehouse.OpenSessionAsync(cancellationToken);
            await using var reader = await session.QueryAsync("SELECT * FROM DAY_COPY ORDER BY USER_ID", [], cancellationToken);
            var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
            var segment = names.IndexOf("ENGAGEMENT_SEGMENT");
            UserVersion? last = null;
            while (await reader.ReadAsync(cancellationToken))
            {
                var values = names.Select((name, index) => (Name: name, Value: reader.ValueAt(index)))
                    .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
                last = new UserVersion(reader.LongAt(0), default, validTo: null, reader.TextAt(segment), values);
                rows++;
            }

            GC.KeepAlive(last);
        }

        return MeasuredRun.OfThisProcess(clock.Elapsed.TotalSeconds, rows);
    }
}
