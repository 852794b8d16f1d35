using System.Globalization;
using System.Text;

namespace LoyaltyPipeline.Benchmarks.Reporting;

/// <summary>Lays a report out as a table.</summary>
internal static class ReportText
{
    private static readonly string[] Header = ["scenario", "figure", "median", "unit", "target", "result", "rounds"];

    public static string Of(Report report)
    {
        string[][] lines = [Header, .. report.Figures.Select(Line)];
        var widths = Enumerable.Range(0, Header.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        var machine = report.Machine;
        var text = new StringBuilder()
            .AppendLine()
            .AppendLine($"{report.Users:N0} users, {report.Days} days, {report.Rounds} rounds")
            .AppendLine(
                $"{machine.Cores} cores, {machine.MemoryGb} GB, {machine.OperatingSystem} ({machine.Architecture}), {machine.DotNet}, DuckDB {machine.DuckDb}, {machine.BuildConfiguration}")
            .AppendLine(Report.Method)
            .AppendLine();
        foreach (var line in lines)
        {
            for (var column = 0; column < line.Length; column++)
                text.Append(column == 2 ? line[column].PadLeft(widths[column]) : line[column].PadRight(widths[column])).Append("  ");
            text.AppendLine();
        }

        return text.ToString();
    }

    private static string[] Line(Figure figure) =>
    [
        figure.Scenario,
        figure.Name,
        Number(figure.Value),
        figure.Unit,
        figure.Target?.ToString() ?? string.Empty,
        figure.Passed switch { true => "passed", false => "MISSED", null => string.Empty },
        string.Join(' ', figure.Rounds.Take(7).Select(Number)) + (figure.Rounds.Count > 7 ? " …" : string.Empty),
    ];

    private static string Number(double value) => value.ToString(value >= 100 ? "N0" : "0.00", CultureInfo.InvariantCulture);
}
