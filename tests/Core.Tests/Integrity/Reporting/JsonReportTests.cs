using System.Text.Json.Nodes;
using LoyaltyPipeline.Core.Tests.Support;
using NJsonSchema;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity.Reporting;

/// <summary>What scripts that read the report in JSON find.</summary>
public sealed class JsonReportTests : IDisposable
{
    private readonly ReportFolder _folder = new();

    [Fact]
    public async Task A_report_has_the_run_the_counts_and_every_field_of_every_result()
    {
        var report = JsonNode.Parse(await _folder.WriteJsonAsync(ReportSamples.Every))!;

        Assert.Equal("1.2.3", (string)report["module_version"]!);
        Assert.Equal("""[{"run_id":"20260630T041559123-9f3c","checked_at":"2026-06-30T04:15:59.123Z"}]""", report["runs"]!.ToJsonString());
        Assert.Equal("""{"total":6,"passed":2,"warning":1,"failed":1,"error":1,"skipped":1}""", report["counts"]!.ToJsonString());
        Assert.Equal(
            ReportSamples.Every.Select(result => result.CheckId),
            report["results"]!.AsArray().Select(result => (string)result!["check_id"]!));
        Assert.Equal(
            """
            {"run_id":"20260630T041559123-9f3c","check_id":"LOYALTY.MASTER.unique","suite":"Master","table":"LOYALTY.MASTER","column":"USER_ID","status":"Failed",
            "message":"3 of 12 rows: the key occurs more than once","violations":3,"total":12,"percent":25,"threshold":"error > 0","sample":["USER_ID=7","USER_ID=8"],
            "sql":"SELECT *\nFROM LOYALTY.MASTER\nWHERE USER_ID < 9","failed_since":"2026-06-28T04:15:59.123Z","checked_at":"2026-06-30T04:15:59.123Z","seconds":0}
            """.ReplaceLineEndings(string.Empty),
            Relaxed(report["results"]![3]!));
    }

    [Fact]
    public async Task Runs_of_several_inputs_are_one_report()
    {
        var report =
            JsonNode.Parse(
                await _folder.WriteJsonAsync(
                    [ReportSamples.Passed, ReportSamples.Failed.With(copy => copy.RunId = "other"), ReportSamples.Passed]))!;

        Assert.Equal(["20260630T041559123-9f3c", "other"], report["runs"]!.AsArray().Select(run => (string)run!["run_id"]!));
    }

    [Fact]
    public async Task A_report_of_nothing_is_a_report()
    {
        var report = JsonNode.Parse(await _folder.WriteJsonAsync([]))!;

        Assert.Empty(report["runs"]!.AsArray());
        Assert.Empty(report["results"]!.AsArray());
    }

    [Fact]
    public async Task The_schema_names_every_property_that_is_written_and_describes_it()
    {
        var schema = JsonNode.Parse(
            await File.ReadAllTextAsync(ReportFolder.SchemaPath("check-report.schema.json"), TestWarehouse.Token))!.AsObject();

        AssertDescribed(schema, JsonNode.Parse(await _folder.WriteJsonAsync([ReportSamples.Failed]))!);
    }

    [Theory]
    [InlineData("\"status\": \"Failed\"", "\"status\": \"Bad\"")]
    [InlineData("\"status\": \"Failed\"", "\"status\": 2")]
    [InlineData("\"suite\": \"Master\"", "\"suite\": \"Other\"")]
    [InlineData("\"format_version\": 1", "\"format_version\": 2")]
    [InlineData("\"total\": 12", "\"total\": -1")]
    [InlineData("\"failed_since\"", "\"since\"")]
    [InlineData("59.123Z", "59.123")]
    public async Task The_schema_refuses_what_is_none(string part, string instead)
    {
        var text = await _folder.WriteJsonAsync(ReportSamples.Every);
        var schema = await JsonSchema.FromFileAsync(ReportFolder.SchemaPath("check-report.schema.json"), TestWarehouse.Token);

        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.NotEmpty(schema.Validate(text.Replace(part, instead, StringComparison.Ordinal)));
    }

    public void Dispose() => _folder.Dispose();

    private static string Relaxed(JsonNode node) =>
        node.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static void AssertDescribed(JsonObject schema, JsonNode document)
    {
        Assert.NotEmpty((string)schema["description"]!);
        if (document is JsonObject properties)
        {
            Assert.False((bool)schema["additionalProperties"]!);
            Assert.Equal(properties.Select(property => property.Key), schema["required"]!.AsArray().Select(name => (string)name!));
            Assert.Equal(properties.Select(property => property.Key), schema["properties"]!.AsObject().Select(property => property.Key));
            foreach (var (name, value) in properties)
                AssertDescribed(schema["properties"]![name]!.AsObject(), value!);
        }
        else if (document is JsonArray items)
        {
            AssertDescribed(schema["items"]!.AsObject(), items[0]!);
        }
    }
}
