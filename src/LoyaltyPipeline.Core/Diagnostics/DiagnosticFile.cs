using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Outputs;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Diagnostics;

/// <summary>Writes one zip for a bug report, in which there is no secret, no path and nothing of a person.</summary>
/// <param name="configFault">What keeps pipeline.yml from being read, and with it from being in the file; null where nothing does.</param>
public sealed class DiagnosticFile(PipelineDefinition pipeline, LoyaltyException? configFault = null)
{
    private const string About = """
        What a bug report of LoyaltyPipeline needs:
          versions.json  module, .NET, system, engine
          settings.json  the settings, of places only what kind they are; where they cannot be read, the line
          runs.json      the newest runs: how each ended, its error id, where its time went; no message
          schema.json    the tables of the catalog as they are there, with numbers of rows
          audit.json     whether the audit trail is sound
          plan.txt       how the engine makes Master of the newest day; *** and # take the place of values
        There is no secret, no path, no name of an account or a machine, and nothing of a person in it. Look before you send it all the same.
        """;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    /// <summary>Writes the file.</summary>
    /// <param name="path">The full path of a file that is not there.</param>
    /// <param name="shell">Name and version of what the module runs in.</param>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>, <c>WarehouseNotInitialized</c>, <c>QueryFailed</c>.</exception>
    public async Task<FileInfo> WriteAsync(
        IWarehouse warehouse, string path, string shell, LockWait? wait, IRunReporter reporter, CancellationToken cancellationToken)
    {
        DemandPlace(warehouse, path);
        var entries = new List<(string Name, string Text)> { ("README.txt", About), ("versions.json", Say(Versions(warehouse, shell))) };
        await using (var opened = await PipelineSession.OpenAsync(warehouse, pipeline, wait, reporter, cancellationToken))
        {
            await SchemaReader.RequireInitializedAsync(opened.Session, cancellationToken);
            var parts = new DiagnosticParts(pipeline, warehouse, opened.Session, reporter);
            entries.Add(("settings.json", Say(configFault is null ? parts.Settings() : FaultOf(configFault))));
            entries.Add(("runs.json", Say(await parts.RunsAsync(cancellationToken))));
            entries.Add(("schema.json", Say(await parts.SchemaAsync(cancellationToken))));
            entries.Add(("audit.json", Say(await parts.AuditAsync(cancellationToken))));
            entries.Add(("plan.txt", await parts.PlanAsync(cancellationToken)));
        }

        new ReportFile(path).Write(stream => Zip(stream, entries), cancellationToken);
        return new FileInfo(path);
    }

    /// <summary>Makes sure that a file can be written to a place.</summary>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>.</exception>
    public void DemandPlace(IWarehouse warehouse, string path)
    {
        var file = new ReportFile(path);
        file.DemandPlace();
        file.DemandApart(new ProtectedFiles(warehouse, pipeline));
        if (FileFacts.KindOf(path) == PathKind.File)
            throw LoyaltyErrors.ReportUnwritable.Because(
                $"The report {path} cannot be written: there is a file of that name.", path, "Name another file, or remove that one.");
        file.DemandWritable();
    }

    private object Versions(IWarehouse warehouse, string shell) => new
    {
        Module = pipeline.ModuleVersion,
        Shell = shell,
        Framework = RuntimeInformation.FrameworkDescription,
        System = RuntimeInformation.OSDescription,
        Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
        Processors = Environment.ProcessorCount,
        warehouse.Dialect.Engine,
    };

    // What is wrong may be repeated in what is said of it.
    private static object FaultOf(LoyaltyException fault) => new { fault.ErrorId, fault.Place?.Line };

    private static string Say(object part) => JsonSerializer.Serialize(part, Json);

    private static void Zip(Stream stream, IEnumerable<(string Name, string Text)> entries)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, text) in entries)
        {
            using var writer = new StreamWriter(archive.CreateEntry(name).Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            writer.Write(text);
        }
    }
}
