using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Outputs;

namespace LoyaltyPipeline.Core.Integrity.Reporting;

/// <summary>
/// A file with the results of a test run, for whoever shows or judges them: JUnit's XML, NUnit's, or JSON. Equal results yield equal bytes:
/// what is written of time and version is what the results say.
/// </summary>
public sealed class CheckReport
{
    // The first that fits counts, and .junit.xml is a .xml.
    private static readonly IReadOnlyList<(string Extension, ReportWriter Write)> Formats =
        [(".nunit.xml", NUnitReport.Write), (".xml", JUnitReport.Write), (".json", JsonReport.Write)];

    private readonly ReportFile _file;
    private readonly ReportWriter _write;

    private CheckReport(string path, ReportWriter write)
    {
        _file = new ReportFile(path);
        _write = write;
    }

    /// <summary>The full path of the file.</summary>
    public string Path => _file.Path;

    /// <summary>A report that is to be written; nothing is written yet.</summary>
    /// <param name="path">The full path of the file; its extension chooses the format.</param>
    /// <exception cref="LoyaltyException"><c>ReportFormatUnknown</c>; <c>ReportUnwritable</c>: there is no such folder, or a folder of the
    /// file's name.</exception>
    public static CheckReport At(string path)
    {
        var format = Formats.FirstOrDefault(format => path.EndsWith(format.Extension, StringComparison.OrdinalIgnoreCase));
        var report = new CheckReport(path, format.Write ?? throw LoyaltyErrors.ReportFormatUnknown.Because(
            $"The format of the report {path} is unknown: its name ends in none of .xml, .junit.xml, .nunit.xml and .json.", path));
        report._file.DemandPlace();
        return report;
    }

    /// <summary>Makes sure that the report takes the place of no file that the pipeline lives from.</summary>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>.</exception>
    public void DemandApart(IWarehouse warehouse, PipelineDefinition pipeline) =>
        _file.DemandApart(new ProtectedFiles(warehouse, pipeline));

    /// <summary>
    /// Makes sure that a file can be made where the report is to be, so that a wrong place is known before the checks have taken their
    /// time.
    /// </summary>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>.</exception>
    public void DemandWritable() => _file.DemandWritable();

    /// <summary>Writes the report, in place of one that is there. It is there whole, or the former stays.</summary>
    /// <param name="moduleVersion">Version of the module that made the checks.</param>
    /// <param name="cancellationToken">Gives up waiting where another program has it open.</param>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>.</exception>
    public void Write(IReadOnlyList<CheckResult> results, string moduleVersion, CancellationToken cancellationToken) =>
        _file.Write(stream => _write(stream, results, moduleVersion), cancellationToken);

    /// <summary>Writes results in one of the formats.</summary>
    /// <param name="moduleVersion">Version of the module that made the checks.</param>
    private delegate void ReportWriter(Stream stream, IReadOnlyList<CheckResult> results, string moduleVersion);
}
