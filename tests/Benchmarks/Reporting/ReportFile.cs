using System.Text.Encodings.Web;
using System.Text.Json;

namespace LoyaltyPipeline.Benchmarks.Reporting;

/// <summary>Writes a report as JSON.</summary>
internal static class ReportFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(Report report, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var content =
            new
            {
                report.FinishedAt,
                report.Machine,
                Report.Method,
                report.Users,
                report.Days,
                report.Rounds,
                Figures = report.Figures.Select(Describe),
            };
        File.WriteAllText(path, JsonSerializer.Serialize(content, Format) + "\n");
    }

    private static object Describe(Figure figure) => new
    {
        figure.Scenario,
        figure.Name,
        Value = Round(figure.Value),
        figure.Unit,
        Target = figure.Target?.ToString(),
        figure.Passed,
        Rounds = figure.Rounds.Select(Round),
        Parts = figure.Parts?.ToDictionary(part => part.Key, part => Round(part.Value), StringComparer.Ordinal),
    };

    private static double Round(double value) => Math.Round(value, 3);
}
