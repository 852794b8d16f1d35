using System.Buffers.Binary;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>Reads Parquet. Cells of the declared type are taken as they are, others go through text as everywhere else.</summary>
internal static class ParquetFile
{
    private const int MarkBytes = 4;

    /// <summary>Looks at the schema and says how the file is read.</summary>
    /// <param name="reporter">Hears of columns that are unknown or missing.</param>
    /// <exception cref="LoyaltyException"><c>SourceFileUnreadable</c>, <c>SourceColumnMissing</c>.</exception>
    public static async Task<FileScan> OpenAsync(
        IWarehouseSession session, SourceFile file, IRunReporter reporter, CancellationToken cancellationToken)
    {
        DemandMarks(file);
        // Older writers do not mark texts as such. What folders are called is no data of the file.
        Func<string, string> read =
            static where => $"read_parquet({where}, file_row_number = true, binary_as_string = true, hive_partitioning = false)";
        var place = EnginePath.Literal(file.Path);
        var found = await session.ListAsync(
            $"SELECT column_name, column_type FROM (DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {read(place)})", [],
            reader => (Name: reader.GetString(0), Type: reader.GetString(1)), cancellationToken);
        file = file.Naming(found.Select(column => column.Name));
        var columns = ColumnMatch.Match(file, [.. found.Select(column => column.Name)], reporter);
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        var typed = new HashSet<string>(StringComparer.Ordinal);
        var inexact = new Dictionary<string, string>(StringComparer.Ordinal);
        var structures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, (name, type)) in columns.Zip(found))
        {
            if (column is null)
                continue;
            var isTyped = type == column.Type.ToString();
            var quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            var isFloat = type is "DOUBLE" or "FLOAT";
            cells.Add(column.Name, isTyped ? quoted : isFloat ? ValueConversion.TextOfFloat(quoted) : $"CAST({quoted} AS VARCHAR)");
            if (isTyped)
                typed.Add(column.Name);
            if (isFloat)
                inexact.Add(column.Name, ValueConversion.IsBeyondFloat(quoted, isSingle: type == "FLOAT"));
            if (type.EndsWith(']') || type.EndsWith(')') && !type.StartsWith("DECIMAL", StringComparison.Ordinal))
                structures.Add(column.Name, $"({quoted} IS NOT NULL)");
        }

        return new FileScan
        {
            File = file,
            Place = place,
            Read = read,
            RecordNumber = "file_row_number + 1",
            Cells = cells,
            TypedColumns = typed,
            Inexact = inexact,
            Structures = structures,
            SpellsNumbers = false,
            PositionName = "row",
        };
    }

    // Such a file begins and ends with a mark, before which its last four bytes say how long the part is that describes it all.
    private static void DemandMarks(SourceFile file)
    {
        using var stream = File.OpenRead(file.Path);
        Span<byte> head = stackalloc byte[MarkBytes];
        if (stream.ReadAtLeast(head, MarkBytes, throwOnEndOfStream: false) < MarkBytes || !IsMark(head))
            throw Unreadable(
                file, stream.Length == 0 ? "it is empty" : $"it is no Parquet file. {FileLook.At(file.Path).OtherFormat}".TrimEnd());
        Span<byte> tail = stackalloc byte[2 * MarkBytes];
        stream.Seek(Math.Max(-tail.Length, -stream.Length), SeekOrigin.End);
        var read = stream.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false);
        if (read < tail.Length || !IsMark(tail[MarkBytes..])
            || BinaryPrimitives.ReadUInt32LittleEndian(tail) > stream.Length - 3 * MarkBytes)
            throw Unreadable(file, "it is cut off or damaged: it does not end as a Parquet file does");
    }

    // The second is that of files whose description is encrypted; the engine says so.
    private static bool IsMark(ReadOnlySpan<byte> bytes) => bytes.SequenceEqual("PAR1"u8) || bytes.SequenceEqual("PARE"u8);

    private static LoyaltyException Unreadable(SourceFile file, string reason) =>
        LoyaltyErrors.SourceFileUnreadable.Because($"{file.Path} cannot be read: {reason.TrimEnd('.')}.", file.Path);
}
