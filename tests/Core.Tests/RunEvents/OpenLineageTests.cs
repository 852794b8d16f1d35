using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using LoyaltyPipeline.Core.Configuration.Notify;
using LoyaltyPipeline.Core.Configuration.OpenLineage;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.RunEvents;
using LoyaltyPipeline.Core.Tests.Delivery;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Notification;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.RunEvents;

/// <summary>Runs are told of as OpenLineage describes it, with schema and column lineage; an endpoint that fails changes no run.</summary>
public sealed class OpenLineageTests : IDisposable
{
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromFile(
        Path.Combine(Repository.Root, "module", "schemas", "openlineage-event.schema.json")));

    private readonly TemporaryFolder _folder = new();

    private string EventFile => Path.Combine(_folder.Path, "new", "events.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_merge_begins_and_is_complete_with_columns_and_what_they_are_made_of()
    {
        await using var scene = await StartAsync(new OpenLineageSettings { File = EventFile, Namespace = "prod" });

        await scene.MergeAsync();

        var events = Events();
        Assert.Equal(["START", "COMPLETE"], events.Select(item => (string?)item["eventType"]));
        Assert.All(events, AssertValid);
        Assert.Single(events.Select(item => (string?)item["run"]!["runId"]).Distinct(StringComparer.Ordinal));
        Assert.Equal(("prod", "merge"), ((string?)events[1]["job"]!["namespace"], (string?)events[1]["job"]!["name"]));
        var nominal = events[1]["run"]!["facets"]!["nominalTime"]!;
        Assert.Equal(
            ("2024-03-31T00:00:00.000Z", "2024-04-01T00:00:00.000Z"),
            ((string?)nominal["nominalStartTime"], (string?)nominal["nominalEndTime"]));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(EventFile));
        Assert.Equal(
            scene.Test.Pipeline.Catalog.Sources.Select(source => $"{source.Name}"),
            events[1]["inputs"]!.AsArray().Select(table => (string?)table!["name"]));
        var master = events[1]["outputs"]!.AsArray().Single(table => (string?)table!["name"] == "LOYALTY.MASTER")!["facets"]!;
        Assert.Equal(scene.Test.Pipeline.Catalog.Master.Columns.Count, master["schema"]!["fields"]!.AsArray().Count);
        var origin = Assert.Single(master["columnLineage"]!["fields"]!["EMAIL"]!["inputFields"]!.AsArray())!;
        Assert.Equal(
            ("prod", "DW_A.USER_PROFILE", "EMAIL"),
            ((string?)origin["namespace"], (string?)origin["name"], (string?)origin["field"]));
    }

    [Fact]
    public async Task A_run_that_fails_says_why_by_the_id_alone()
    {
        await using var scene = await StartAsync(new OpenLineageSettings { File = EventFile });
        await scene.Test.ExecuteAsync("DROP TABLE DW_A.USER_PROFILE");

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => scene.MergeAsync());

        var events = Events();
        Assert.Equal(["START", "FAIL"], events.Select(item => (string?)item["eventType"]));
        Assert.All(events, AssertValid);
        Assert.Equal(failure.ErrorId, (string?)events[1]["run"]!["facets"]!["errorMessage"]!["message"]);
    }

    [Fact]
    public async Task A_run_that_is_stopped_is_aborted()
    {
        await using var scene = await StartAsync(new OpenLineageSettings { File = EventFile });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestWarehouse.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.MergeAsync(new StepAction("Write", stop.Cancel), stop.Token));

        var events = Events();
        Assert.Equal(["START", "ABORT"], events.Select(item => (string?)item["eventType"]));
        Assert.All(events, AssertValid);
        Assert.Equal("Cancelled", (string?)events[1]["run"]!["facets"]!["errorMessage"]!["message"]);
    }

    [Fact]
    public async Task An_endpoint_gets_the_same_with_its_key()
    {
        await using var server = new LoopbackHttp(201);
        var file = Path.Combine(_folder.Path, "key");
        await File.WriteAllTextAsync(file, "a-key\n", TestWarehouse.Token);
        await using var scene = await StartAsync(
            new OpenLineageSettings { Url = server.Address, ApiKey = new SecretSource(Variable: null, file), File = EventFile });

        await scene.MergeAsync();

        Assert.Equal(["Bearer a-key", "Bearer a-key"], server.Requests.Select(request => request.Authorization));
        Assert.Equal(await File.ReadAllLinesAsync(EventFile, TestWarehouse.Token), server.Requests.Select(request => request.Body));
    }

    [Theory]
    [InlineData(500, false, "answers 500")]
    [InlineData(404, false, "answers 404")]
    [InlineData(200, true, "took more than 1 s, and is told nothing more of this run")]
    public async Task An_endpoint_that_fails_is_a_warning_and_the_run_goes_well(int status, bool hangs, string said)
    {
        await using var server = new LoopbackHttp(status, hangs);
        await using var scene = await StartAsync(new OpenLineageSettings { Url = server.Address, Timeout = TimeSpan.FromSeconds(1) });
        var clock = Stopwatch.StartNew();

        await scene.MergeAsync();

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"It took {clock.Elapsed}.");
        var warnings = scene.Test.Reporter.Warnings.Where(warning => warning.StartsWith("The event", StringComparison.Ordinal)).ToList();
        Assert.Equal(hangs ? 1 : 2, warnings.Count);
        Assert.All(warnings, warning => Assert.Contains(said, warning, StringComparison.Ordinal));
        Assert.DoesNotContain(warnings, warning => warning.Contains("secret-path", StringComparison.Ordinal));
        Assert.Equal(["Succeeded"], await scene.Test.RowsAsync("SELECT STATUS FROM LOYALTY.RUN WHERE KIND = 'Merge'"));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("schlüssel")]
    public async Task A_key_that_cannot_be_sent_is_a_warning_and_the_run_goes_well(string key)
    {
        await using var server = new LoopbackHttp(201);
        var file = Path.Combine(_folder.Path, "key");
        await File.WriteAllTextAsync(file, key, TestWarehouse.Token);
        await using var scene = await StartAsync(
            new OpenLineageSettings { Url = server.Address, ApiKey = new SecretSource(Variable: null, file) });

        await scene.MergeAsync();

        var warnings = scene.Test.Reporter.Warnings.Where(warning => warning.StartsWith("The event", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, warnings.Count);
        Assert.All(warnings, warning => Assert.Contains($"What the file {file} holds ", warning, StringComparison.Ordinal));
        Assert.Empty(server.Requests);
        Assert.Equal(["Succeeded"], await scene.Test.RowsAsync("SELECT STATUS FROM LOYALTY.RUN WHERE KIND = 'Merge'"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_and_a_server_that_is_not_there_are_warnings()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "new"), "no folder", TestWarehouse.Token);
        var gone = new Uri($"http://127.0.0.1:{LoopbackHttp.FreePort()}/");
        await using var scene = await StartAsync(new OpenLineageSettings { File = EventFile, Url = gone });

        await scene.MergeAsync();

        Assert.Equal(4, scene.Test.Reporter.Warnings.Count(warning => warning.StartsWith("The event", StringComparison.Ordinal)));
        Assert.Equal(["Succeeded"], await scene.Test.RowsAsync("SELECT STATUS FROM LOYALTY.RUN WHERE KIND = 'Merge'"));
    }

    [Theory]
    [InlineData("s3://drop/loyalty/de", "s3://drop", "loyalty/de")]
    [InlineData("s3://drop", "s3://drop", "/")]
    [InlineData("/data/drop", "file", "/data/drop")]
    public void A_destination_is_named_as_OpenLineage_names_it(string destination, string space, string name)
    {
        var item = new OpenLineageEvent("prod", "1.0.0").Of(
            new RunFacts("20260630T040000000-abcd", "deliver.Marketing") { Destination = destination }, RunEventType.Complete,
            new DateTime(2026, 6, 30, 4, 0, 0, DateTimeKind.Utc));

        AssertValid(item);
        var place = Assert.Single(item["outputs"]!.AsArray())!;
        Assert.Equal((space, name), ((string?)place["namespace"], (string?)place["name"]));
    }

    [Fact]
    public async Task Without_a_setting_nothing_is_told()
    {
        await using var scene = await StartAsync(new OpenLineageSettings());

        await scene.MergeAsync();

        Assert.DoesNotContain(scene.Test.Reporter.Warnings, warning => warning.StartsWith("The event", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_schema_refuses_what_is_no_event_of_ours()
    {
        await using var scene = await StartAsync(new OpenLineageSettings { File = EventFile });
        await scene.MergeAsync();
        var item = Events()[1];

        foreach (var change in new Action<JsonObject>[]
        {
            changed => changed.Remove("producer"),
            changed => changed["eventType"] = "DONE",
            changed => changed["run"]!["runId"] = "20260630T040000000-abcd",
            changed => changed["outputs"]![0]!["facets"]!["schema"]!.AsObject().Remove("_schemaURL"),
            changed => changed["more"] = 1,
        })
        {
            var changed = item.DeepClone().AsObject();
            change(changed);
            Assert.False(IsValid(changed, Schema.Value));
        }
    }

    private static async Task<MergeScene> StartAsync(OpenLineageSettings settings)
    {
        var scene = await MergeScene.CreateAsync(users: 5);
        scene.Test.Pipeline = scene.Test.Pipeline with { Config = scene.Test.Pipeline.Config with { OpenLineage = settings } };
        return scene;
    }

    private List<JsonObject> Events() => [.. File.ReadAllLines(EventFile).Select(line => JsonNode.Parse(line)!.AsObject())];

    private static void AssertValid(JsonObject item) => Assert.True(IsValid(item, Schema.Value));

    private static bool IsValid(JsonObject item, JsonSchema schema)
    {
        using var text = JsonDocument.Parse(item.ToJsonString());
        return schema.Evaluate(text.RootElement).IsValid;
    }
}
