using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoyaltyPipeline.Core.Integrity.Reporting;

/// <summary>Results as JSON; <c>module/schemas/check-report.schema.json</c> describes it.</summary>
internal static class JsonReport
{
    // The version of the format that is written.
    private const int CurrentVersion = 1;

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
        JsonSerializer.Serialize(stream, DocumentOf(results, moduleVersion), Options);
        stream.WriteByte((byte)'\n');
    }

    private static Document DocumentOf(IReadOnlyList<CheckResult> results, string moduleVersion) => new(
        CurrentVersion,
        moduleVersion,
        [.. results.GroupBy(result => result.RunId, StringComparer.Ordinal)
            .Select(run => new Run(run.Key, run.Min(result => result.CheckedAt)))],
        CheckCounts.Of(results),
        [.. results.Select(result => result.With(copy => copy.Seconds = (double)ReportText.Seconds(result)))]);

    /// <summary>A report in JSON.</summary>
    /// <param name="ModuleVersion">Version of the module that made the checks.</param>
    /// <param name="Runs">The test runs; more than one where the checks were made for each input of a pipeline.</param>
    /// <param name="Counts">How many results there are of each status.</param>
    /// <param name="Results">The results, in the order in which the checks were made.</param>
    private sealed record Document(
        int FormatVersion, string ModuleVersion, IReadOnlyList<Run> Runs, CheckCounts Counts, IReadOnlyList<CheckResult> Results);

    /// <summary>A test run of a report in JSON.</summary>
    /// <param name="RunId">Identifies it.</param>
    /// <param name="CheckedAt">When it began (UTC).</param>
    private sealed record Run(string RunId, DateTime CheckedAt);
}
