using System.Text;
using CsvHelper;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Publication.Names;

namespace LoyaltyPipeline.Core.Publication;

/// <summary>
/// The map on the disk: CSV with a row for each spelling, and one for each file, which says by its hash what is to come back.
/// </summary>
internal sealed class MapFile
{
    private const string FileKind = "File";
    private const string KeepKind = "Keep";
    private const string RunnableKind = "Runnable";

    private static readonly string[] Header = ["Kind", "Original", "Published"];
    private static readonly CsvWriterOptions Spelling = CsvWriterOptions.Default with { NewLine = "\n" };

    private MapFile(string path) => Path = path;

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    public NameMap Names { get; } = new();

    /// <summary>SHA-256 of the files that were published.</summary>
    public HashSet<string> Hashes { get; } = new(StringComparer.Ordinal);

    /// <summary>What the last publication kept.</summary>
    public IReadOnlyList<string> Keep { get; set; } = [];

    /// <summary>Whether the last publication kept what the module's code demands.</summary>
    public bool IsRunnable { get; set; }

    /// <summary>Reads a map.</summary>
    /// <param name="isNew">Whether there may be none yet.</param>
    /// <exception cref="LoyaltyException"><c>PublicationMapInvalid</c>, <c>FileInUse</c>.</exception>
    public static MapFile Read(string path, bool isNew)
    {
        var map = new MapFile(path);
        if (!File.Exists(path))
        {
            return isNew && !Directory.Exists(path)
                ? map
                : throw Invalid(path, Directory.Exists(path) ? "it is a folder" : "there is no such file");
        }

        try
        {
            using var stream = new MemoryStream(
                FilePatience.Usual(CancellationToken.None).Insist(() => File.ReadAllBytes(path), "read", path));
            using var csv = CsvReader.Create(stream, CsvReaderOptions.Default with { HasHeader = false });
            map.Read(csv);
            return map;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            throw Invalid(path, exception.Message, exception);
        }
    }

    /// <summary>Writes the map in place of the one that was there, whole or not at all; it is its owner's alone.</summary>
    /// <exception cref="LoyaltyException"><c>PublicationMapInvalid</c>: it cannot be written; <c>FileInUse</c>.</exception>
    public void Write(CancellationToken cancellationToken)
    {
        var partial = $"{Path}.{Guid.NewGuid():N}.partial";
        try
        {
            PrivateFiles.CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
            using (var stream = PrivateFiles.Create(partial))
            {
                Write(stream);
                stream.Flush(flushToDisk: true);
            }

            PatientFiles.Replace(partial, Path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            PatientFiles.Discard(partial);
            throw LoyaltyErrors.PublicationMapInvalid.Because(
                $"The map {Path} cannot be written: {exception.Message}", Path, "Name a file in a folder in which you may write.",
                exception);
        }
    }

    private void Write(Stream stream)
    {
        using var csv = CsvWriter.Create(stream, Spelling, leaveOpen: true);
        csv.WriteRecord(Header);
        foreach (var row in Names.Rows)
            csv.WriteRecord([row.Kind.ToString(), row.Original, row.Published]);
        foreach (var kept in Keep)
            csv.WriteRecord([KeepKind, kept, string.Empty]);
        if (IsRunnable)
            csv.WriteRecord([RunnableKind, string.Empty, string.Empty]);
        foreach (var hash in Hashes.Order(StringComparer.Ordinal))
            csv.WriteRecord([FileKind, hash, string.Empty]);
        csv.Flush();
    }

    private void Read(CsvReader csv)
    {
        if (!csv.Read() || !Fields(csv).SequenceEqual(Header, StringComparer.Ordinal))
            throw Invalid(Path, $"its first line is not {string.Join(',', Header)}");
        for (var row = 2; csv.Read(); row++)
        {
            var fields = Fields(csv);
            var problem = fields.Count != Header.Length ? $"it has {fields.Count} fields, and {Header.Length} are expected" : Add(fields);
            if (problem is not null)
                throw Invalid(Path, $"record {row}: {problem}");
        }
    }

    private string? Add(IReadOnlyList<string> fields)
    {
        switch (fields[0])
        {
            case FileKind:
                Hashes.Add(fields[1]);
                return null;
            case KeepKind:
                Keep = [.. Keep, fields[1]];
                return null;
            case RunnableKind:
                IsRunnable = true;
                return null;
            default:
                return AddName(fields);
        }
    }

    private string? AddName(IReadOnlyList<string> fields) =>
        Enum.GetNames<NameKind>().Contains(fields[0], StringComparer.Ordinal)
            ? Names.Add(new MapRow(Enum.Parse<NameKind>(fields[0]), fields[1], fields[2]))
            : $"there is no kind '{fields[0]}'";

    private static IReadOnlyList<string> Fields(CsvReader csv) => [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];

    private static LoyaltyException Invalid(string path, string reason, Exception? cause = null) =>
        LoyaltyErrors.PublicationMapInvalid.Because($"{path} is no map that can be used: {reason}.", path, cause: cause);
}
