using System.IO.Compression;
using System.Text.Json;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Diagnostics;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Conformance;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Diagnostics;

/// <summary>A bug report has what is needed to understand a failure, and nothing that is somebody's.</summary>
public sealed class DiagnosticTests
{
    private const string Canary = "zwitscher";
    private const long CanaryId = 900900900;

    [Fact]
    public async Task Nothing_of_a_person_and_no_secret_is_in_it()
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);
        await scene.RunAsync($"UPDATE DW_A.USER_PROFILE SET FULL_NAME = '{Canary}', EMAIL = '{Canary}@example.org', PHONE = '{Canary}' WHERE USER_ID = 1");
        await scene.RunAsync($"UPDATE DW_A.USER_PROFILE SET USER_ID = {CanaryId} WHERE USER_ID = 2");
        await scene.MergeAsync();
        await scene.RunAsync(
            $"INSERT INTO LOYALTY.RUN SELECT * REPLACE ('99991231T000000000-0000' AS RUN_ID, 'Failed' AS STATUS, 'DuplicateKey' AS ERROR_ID, 'user {CanaryId} {Canary}' AS ERROR_MESSAGE, 'Deletes: {Canary}' AS GUARDS, '{Canary}' AS HOST) FROM LOYALTY.RUN");
        await scene.RunAsync($"INSERT INTO LOYALTY.RUN_STEP VALUES ('99991231T000000000-0000', 1, 'Open {Canary}.csv', now(), 1, 1, NULL)");
        await scene.RunAsync($"ALTER TABLE DW_A.USER_PROFILE ADD COLUMN {Canary} VARCHAR");
        var pipeline = scene.Test.Pipeline with
        {
            ConfigPath = $"/home/{Canary}/pipeline.yml",
            Config = scene.Test.Pipeline.Config with
            {
                NullTokens = [Canary],
                Consumers = new Dictionary<string, Consumer>(StringComparer.Ordinal)
                {
                    ["Crm"] = new()
                    {
                        Name = "Crm",
                        Segment = EngagementSegment.Engaged,
                        Destination = $"s3://{Canary}/x",
                        NullToken = Canary,
                        Redaction = ConsumerDefaults.All.Values.First().Redaction with { SaltVariable = Canary },
                    },
                },
            },
        };
        using var folder = new TemporaryFolder();

        var texts = Read(await WriteAsync(scene.Test, pipeline, folder));

        Assert.All(texts, text =>
        {
            Assert.DoesNotContain(Canary, text.Value, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain($"{CanaryId}", text.Value, StringComparison.Ordinal);
            Assert.DoesNotContain(folder.Path, text.Value, StringComparison.Ordinal);
            Assert.DoesNotContain(Environment.MachineName, text.Value, StringComparison.Ordinal);
        });
        Assert.Equal(
            ["README.txt", "audit.json", "plan.txt", "runs.json", "schema.json", "settings.json", "versions.json"],
            texts.Keys.Order(StringComparer.Ordinal));
        using var runs = JsonDocument.Parse(texts["runs.json"]);
        Assert.Equal("DuplicateKey", runs.RootElement[0].GetProperty("ErrorId").GetString());
        Assert.Equal("Deletes", runs.RootElement[0].GetProperty("Guards")[0].GetString());
        Assert.Equal("Open", runs.RootElement[0].GetProperty("Steps")[0].GetProperty("Step").GetString());
        Assert.Contains("\"Destination\": \"S3\"", texts["settings.json"], StringComparison.Ordinal);
        Assert.Contains("\"OtherColumns\": 1", texts["schema.json"], StringComparison.Ordinal);
        Assert.Contains("JOIN", texts["plan.txt"], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_file_that_is_there_stays()
    {
        await using var test = await TestWarehouse.CreateAsync();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "d.zip");
        await File.WriteAllTextAsync(path, "mine", TestWarehouse.Token);

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => WriteAsync(test, test.Pipeline, folder));

        Assert.Equal(LoyaltyErrors.ReportUnwritable, failure.Definition);
        Assert.Equal("mine", await File.ReadAllTextAsync(path, TestWarehouse.Token));
    }

    [Theory]
    [MemberData(nameof(EngineWarehouse.All), MemberType = typeof(EngineWarehouse))]
    public async Task It_can_be_made_of_an_empty_warehouse_of_each_engine(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await test.InitializeAsync();
        using var folder = new TemporaryFolder();

        var file = await new DiagnosticFile(test.Pipeline).WriteAsync(
            test.Warehouse, Path.Combine(folder.Path, "d.zip"), "tests", wait: null, test.Reporter, EngineWarehouse.Token);

        Assert.Contains(engine, Read(file)["versions.json"], StringComparison.Ordinal);
        Assert.Equal("No day has been written.", Read(file)["plan.txt"]);
    }

    [Theory]
    [InlineData("Filters: NAME='it''s me' AND USER_ID=4711", "Filters: NAME=****** AND USER_ID=#")]
    [InlineData("~1,234 Rows of DW_A.USER_PROFILE #0, LOGINS_30D", "~1,234 Rows of DW_A.USER_PROFILE #0, LOGINS_30D")]
    [InlineData("Build Min: 1 Max: 900900900 'cut of", "Build Min: # Max: # ***")]
    public void Values_of_a_plan_are_hidden(string plan, string hidden) => Assert.Equal(hidden, PlanText.WithoutValues(plan));

    private static Task<FileInfo> WriteAsync(TestWarehouse test, PipelineDefinition pipeline, TemporaryFolder folder) =>
        new DiagnosticFile(pipeline).WriteAsync(
            test.Warehouse, Path.Combine(folder.Path, "d.zip"), "tests", wait: null, test.Reporter, TestWarehouse.Token);

    private static Dictionary<string, string> Read(FileInfo file)
    {
        using var archive = ZipFile.OpenRead(file.FullName);
        return archive.Entries.ToDictionary(
            entry => entry.FullName,
            entry =>
            {
                using var reader = new StreamReader(entry.Open());
                return reader.ReadToEnd();
            },
            StringComparer.Ordinal);
    }
}
