using System.IO.Compression;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.SyntheticData.Sinks;

/// <summary>
/// A folder with one CSV file per table, named after the table without its schema. Files are written under temporary names and get
/// their own with <see cref="Commit"/>, so that an interrupted run leaves neither a half file nor a temporary one.
/// </summary>
public sealed class CsvLandingFolder : IDisposable
{
    private const string TemporarySuffix = ".partial";

    private static readonly ZLibCompressionOptions Fast = new() { CompressionLevel = 1 };

    private readonly Lock gate = new();
    private readonly List<string> files = [];
    private readonly string folder;
    private readonly bool compress;

    /// <summary>Prepares the folder, which is created if needed; with <paramref name="compress"/> files are <c>.csv.gz</c>.</summary>
    public CsvLandingFolder(string folder, bool compress = false)
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        this.compress = compress;
    }

    /// <summary>Opens the file of a table. May be called from several threads.</summary>
    public IRowSink Open(string table, IReadOnlyList<string> columns)
    {
        var name = table[(table.LastIndexOf('.') + 1)..] + (compress ? ".csv.gz" : ".csv");
        var file = Path.Combine(folder, name);
        lock (gate)
            files.Add(file);

        Stream stream = new FileStream(file + TemporarySuffix, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1);
        return new CsvRowSink(compress ? new SameGzipStream(stream, Fast) : stream, columns);
    }

    /// <summary>Gives all files their names and returns their paths. The sinks must be completed and disposed.</summary>
    public IReadOnlyList<string> Commit(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var committed = files.Order(StringComparer.Ordinal).ToArray();
            foreach (var file in committed)
                PatientFiles.Replace(file + TemporarySuffix, file, cancellationToken);
            files.Clear();
            return committed;
        }
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var file in files)
                PatientFiles.Discard(file + TemporarySuffix);
            files.Clear();
        }
    }
}
