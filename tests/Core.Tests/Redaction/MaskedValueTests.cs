using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Tests.Conformance;
using LoyaltyPipeline.Core.Tests.Delivery;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Redaction;

/// <summary>
/// One text of a policy is what a consumer is sent, what the masked views of a DuckDB file show, and what Snowflake's masking policies make
/// of the same rows.
/// </summary>
public sealed partial class MaskedValueTests : IDisposable
{
    private static readonly string[] Columns = ["EMAIL", "FULL_NAME", "PHONE"];

    private static readonly string?[] Values =
    [
        "  A@Example.COM ", null, "", " ", "é@x", "\tÄ\n", "J.o.e+news@GMail.com", "Müller, Ann-Marie (née O'Brien)", "+49 30 1234567",
        "=1+1", "a@b@c", "back\\slash", "你好 世界", "\u00A0ID\u3000", "x@googlemail.com", "***",
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Policies => new(
        "{}",
        "{email: keep, name: keep, phone: keep}",
        "{email: mask, name: mask, phone: mask}",
        "{email: generalize, name: generalize, phone: generalize}",
        "{email: sha256, name: sha256, phone: sha256}",
        "{email: drop, name: sha256, phone: drop}",
        "{email: sha256, name: sha256, phone: generalize, hashing: google}",
        "{email: sha256, name: sha256, phone: drop, hashing: meta}");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task The_same_text_gives_the_same_values(string policy)
    {
        var pipeline = Load(policy);
        await using var scene = await DeliveryScene.CreateAsync();
        await new SchemaInstaller(pipeline.Catalog).InitializeAsync(
            scene.Test.Warehouse, includeSources: false, planOnly: false, scene.Test.Reporter, TestWarehouse.Token);
        await scene.AddUsersAsync(1, Values.Length);
        foreach (var (index, column) in Columns.Index())
            await scene.SetTextsAsync(column, Rotated(index).Index().ToDictionary(value => value.Index + 1, value => value.Item));
        await scene.WriteDayAsync();

        var delivered = await DeliverAsync(scene, pipeline);

        Assert.Equal(Values.Length, delivered.Count);
        Assert.Equal(delivered, Describe(await DeliveredRows.QueryAsync(scene.Test, "SELECT * FROM LOYALTY.MASTER_MASKED ORDER BY 1")));
        Assert.Equal(delivered, Describe(await DeliveredRows.QueryAsync(scene.Test, "SELECT * FROM LOYALTY.HISTORY_MASKED ORDER BY 1")));
        Assert.Equal(delivered, WithoutDropped(pipeline, await MaskBySnowflakeAsync(pipeline)));
    }

    private PipelineDefinition Load(string policy)
    {
        var path = Path.Combine(_folder.Path, "pipeline.yml");
        File.WriteAllText(
            path,
            $$"""
            consumers:
              Crm:
                segment: Highly Engaged
                format: parquet
                columns: [USER_ID, EMAIL, FULL_NAME, PHONE]
                redaction: {{policy}}
            readers:
              redaction: {{policy}}
            """);
        return PipelineLoader.Load(Repository.SqlFolder, path);
    }

    private static IEnumerable<string?> Rotated(int by) => Values.Skip(by * 5).Concat(Values.Take(by * 5));

    private static async Task<IReadOnlyList<string>> DeliverAsync(DeliveryScene scene, PipelineDefinition pipeline)
    {
        scene.Consumer = pipeline.Config.Consumers["Crm"] with { Destination = scene.Destination };
        return Describe(await DeliveredRows.ReadAsync(scene.Test, await scene.DeliverAsync()));
    }

    // What the policies of the script say for whoever may not see the value, run over the same rows.
    private static async Task<IReadOnlyList<IReadOnlyDictionary<string, string?>>> MaskBySnowflakeAsync(PipelineDefinition pipeline)
    {
        await using var test = await EngineWarehouse.CreateAsync(SnowflakeDialect.Name);
        await test.InitializeAsync();
        var script = DeploymentScript.Write(pipeline, SnowflakeDialect.Name, new DeploymentTarget());
        var bodies = Body().Matches(script).ToDictionary(
            match => match.Groups["class"].Value, match => match.Groups["shown"].Value, StringComparer.Ordinal);
        await using var session = await test.Warehouse.OpenSessionAsync(EngineWarehouse.Token);
        foreach (var user in Enumerable.Range(0, Values.Length))
        {
            object?[] row = [user + 1, .. Columns.Select((_, index) => Rotated(index).ElementAt(user))];
            await session.ExecuteAsync(
                "INSERT INTO LOYALTY.MASTER (USER_ID, EMAIL, FULL_NAME, PHONE) VALUES (?, ?, ?, ?)", row, EngineWarehouse.Token);
        }

        var rows = Enumerable.Range(1, Values.Length)
            .Select(user => new Dictionary<string, string?>(StringComparer.Ordinal) { ["USER_ID"] = $"{user}" }).ToList();
        foreach (var (column, kind) in Columns.Zip(["EMAIL", "NAME", "PHONE"]))
        {
            var values = await session.ListAsync(
                $"SELECT {bodies[kind]} FROM (SELECT USER_ID, {column} AS CELL FROM LOYALTY.MASTER) AS t ORDER BY USER_ID", [],
                reader => reader.IsDBNull(0) ? null : reader.GetString(0), EngineWarehouse.Token);
            foreach (var (row, value) in rows.Zip(values))
                row[column] = value;
        }

        return rows;
    }

    // A column of a table cannot be left out of it: there it says nothing.
    private static IReadOnlyList<string> WithoutDropped(
        PipelineDefinition pipeline, IReadOnlyList<IReadOnlyDictionary<string, string?>> rows)
    {
        var dropped = pipeline.Catalog.Master.Columns
            .Where(column => pipeline.Config.ReaderRedaction.For(column) == RedactionMethod.Drop).Select(column => column.Name).ToHashSet();
        Assert.All(
            rows.SelectMany(row => row.Where(cell => dropped.Contains(cell.Key))), cell => Assert.True(cell.Value is null or "***"));
        return Describe([.. rows.Select(row => row.Where(cell => !dropped.Contains(cell.Key)).ToDictionary())]);
    }

    private static IReadOnlyList<string> Describe(IReadOnlyList<IReadOnlyDictionary<string, string?>> rows) =>
        [.. rows.Select(row => string.Join(
            '|', row.Where(cell => cell.Key == "USER_ID" || Columns.Contains(cell.Key))
                .OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => $"{cell.Key}={cell.Value ?? "NULL"}")))];

    [GeneratedRegex(
        @"ALTER MASKING POLICY LOYALTY\.MASK_(?<class>\w+) SET BODY ->\s+CASE\s+WHEN [^\n]+ THEN CELL\s+ELSE (?<shown>.+?)\s+END;\n",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Body();
}
