using System.Globalization;
using System.Text;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines.DuckDb;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>
/// A text file sorted into records that can be read, each with its line before it, and those that cannot, each with its line and the
/// reason. The engine then reads the sound ones on all cores and cannot come to another view of where they begin.
/// </summary>
/// <param name="SoundPath">The readable records, as CSV in which every value is quoted.</param>
/// <param name="UnreadablePath">Lines and reasons, as CSV.</param>
/// <param name="Unreadable">How many there are.</param>
internal sealed record SortedRecords(string SoundPath, string UnreadablePath, long Unreadable)
{
    /// <summary>The column that holds the line of a record.</summary>
    public const string Line = "RECORD_LINE";

    /// <summary>The column that holds the reason why a record cannot be read.</summary>
    public const string Reason = "REASON";

    private const int BufferSize = 1 << 20;

    /// <summary>SQL that reads the unreadable records.</summary>
    public string UnreadableRelation => Read(EnginePath.Literal(UnreadablePath), $"'{Line}': 'BIGINT', '{Reason}': 'VARCHAR'");

    /// <summary>Where the sound records lie, as SQL.</summary>
    public string Place => EnginePath.Literal(SoundPath);

    /// <summary>SQL that reads sound records of a place.</summary>
    /// <param name="columns">The names of their values.</param>
    public static Func<string, string> SoundRelation(IEnumerable<string> columns)
    {
        var types = SqlText.List(columns.Select(column => $"'{column}': 'VARCHAR'").Prepend($"'{Line}': 'BIGINT'"));
        return place => Read(place, types);
    }

    /// <summary>Sorts a file.</summary>
    /// <param name="spelling">How values are written; null where a line is one value.</param>
    /// <param name="faultOf">What is wrong with a record; null where nothing is, empty where it is not to be read.</param>
    /// <param name="columns">How many values a sound record has; further ones are dropped.</param>
    /// <param name="folder">Where to put the sorted records.</param>
    public static SortedRecords Sort(
        string plainPath, CsvSpelling? spelling, Func<RecordScanner, string?> faultOf, int columns, string folder,
        CancellationToken cancellationToken)
    {
        var name = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        var sorted = new SortedRecords(name + ".sound", name + ".unreadable", 0);
        using var input = new FileStream(
            plainPath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var sound = new FileStream(sorted.SoundPath, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize);
        using var unreadable = new StreamWriter(sorted.UnreadablePath);
        var scanner = new RecordScanner(input, spelling?.Delimiter);
        byte[][] nulls = [.. spelling?.NullTokens.Select(Encoding.UTF8.GetBytes) ?? []];
        long count = 0;
        while (scanner.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var fault = faultOf(scanner);
            if (fault is null)
            {
                Write(sound, scanner, columns, nulls);
            }
            else if (fault.Length > 0)
            {
                unreadable.Write(string.Create(CultureInfo.InvariantCulture, $"{scanner.Line},\"{fault}\"\n"));
                count++;
            }
        }

        return sorted with { Unreadable = count };
    }

    private static void Write(FileStream output, RecordScanner scanner, int columns, byte[][] nulls)
    {
        Span<byte> number = stackalloc byte[20];
        scanner.Line.TryFormat(number, out var digits, default, CultureInfo.InvariantCulture);
        output.Write(number[..digits]);
        for (var index = 0; index < columns; index++)
        {
            output.WriteByte((byte)',');
            var cell = scanner.Cells[index];
            if (cell.IsNull || (!cell.IsQuoted && IsOneOf(nulls, scanner.Bytes(cell))))
                continue;
            output.WriteByte((byte)'"');
            WriteValue(output, scanner.Bytes(cell), doubleQuotes: cell is { IsQuoted: false, HasQuotes: true });
            output.WriteByte((byte)'"');
        }

        output.WriteByte((byte)'\n');
    }

    private static bool IsOneOf(byte[][] tokens, ReadOnlySpan<byte> value)
    {
        foreach (var token in tokens)
        {
            if (value.SequenceEqual(token))
                return true;
        }

        return false;
    }

    private static void WriteValue(FileStream output, ReadOnlySpan<byte> value, bool doubleQuotes)
    {
        for (var quote = value.IndexOf((byte)'"'); doubleQuotes && quote >= 0; quote = value.IndexOf((byte)'"'))
        {
            output.Write(value[..(quote + 1)]);
            output.WriteByte((byte)'"');
            value = value[(quote + 1)..];
        }

        output.Write(value);
    }

    // A record may be as long as the scanner takes, and longer by a quote for every quote in it.
    private static string Read(string place, string columns) => $$"""
        read_csv({{place}}, columns = { {{columns}} }, header = false, auto_detect = false,
            delim = ',', quote = '"', escape = '"', new_line = '\n', nullstr = '', allow_quoted_nulls = false,
            hive_partitioning = false, max_line_size = 16777216, buffer_size = 33554432)
        """;
}
