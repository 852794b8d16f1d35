using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoyaltyPipeline.Core.Integrity.Reporting;

/// <summary>Results as JSON; <c>module/schemas/check-report.schema.json</c> describes it.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        // The file is read as JSON, never as part of a page; SQL stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <summary>Writes results.</summary>
    public static void Write(Stream stream, IReadOnlyList<CheckResult> results, string moduleVersion)
    {
        JsonSerializer.Serialize(stream, Document(results, moduleVersion), Options);
        stream.WriteByte((byte)'\n');
    }

    private static JsonReportDocument Document(IReadOnlyList<CheckResult> results, string moduleVersion) => new(
        JsonReportDocument.CurrentVersion,
        moduleVersion,
        [.. results.GroupBy(result => result.RunId, StringComparer.Ordinal)
            .Select(run => new JsonReportRun(run.Key, run.Min(result => result.CheckedAt)))],
        CheckCounts.Of(results),
        [.. results.Select(result => result.With(copy => copy.Seconds = (double)ReportText.Seconds(result)))]);
}
