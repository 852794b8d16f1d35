using System.Globalization;
using System.IO.Compression;
using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>Writes CSV as Snowflake unloads it.</summary>
internal static class CsvFileWriter
{
    /// <summary>Writes a file.</summary>
    /// <param name="hasHeader">Whether the names of the columns come first.</param>
    /// <returns>The number of rows.</returns>
    public static long Write(ResultSet data, CsvFormat format, bool hasHeader, string path)
    {
        if (format.Compression is not ("NONE" or "GZIP" or "AUTO"))
            throw new NotSupportedException($"The test server compresses with gzip, not with {format.Compression}.");
        using var file = File.Create(path);
        using Stream stream = format.Compression == "NONE" ? file : new GZipStream(file, CompressionLevel.Fastest);
        using var writer = new StreamWriter(stream);
        if (hasHeader)
            Line(writer, format, data.Columns.Select(column => Enclose(column.Name, format)));
        foreach (var row in data.Rows)
            Line(writer, format, row.Select((value, i) => Text(value, data.Columns[i], format)));
        return data.Rows.Count;
    }

    private static void Line(StreamWriter writer, CsvFormat format, IEnumerable<string> fields)
    {
        writer.Write(string.Join(format.Delimiter, fields));
        writer.Write('\n');
    }

    private static string Text(object? value, ResultColumn column, CsvFormat format) => value switch
    {
        null => format.Nulls.Count > 0 ? format.Nulls[0] : "",
        bool truth => truth ? "true" : "false",
        DateTime day when column.Kind == ColumnKind.Date => day.ToString(
            DotNet(format.DateFormat, "yyyy-MM-dd"), CultureInfo.InvariantCulture),
        DateTime time => time.ToString(DotNet(format.TimestampFormat, "yyyy-MM-dd HH:mm:ss.fff"), CultureInfo.InvariantCulture),
        string text => Enclose(text, format),
        _ => WireText.Of(value, column)!,
    };

    private static string DotNet(string snowflake, string initial) => snowflake.Equals("AUTO", StringComparison.OrdinalIgnoreCase)
        ? initial
        : new[] { ("YYYY", "yyyy"), ("DD", "dd"), ("HH24", "HH"), ("MI", "mm"), ("SS", "ss"), ("FF6", "ffffff"), ("FF3", "fff"),
            ("FF9", "fffffff00") }
            .Aggregate(snowflake, (format, part) => format.Replace(part.Item1, part.Item2, StringComparison.Ordinal));

    private static string Enclose(string text, CsvFormat format)
    {
        if (format.Quote is { } quote)
            return $"{quote}{text.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal)}{quote}";
        return text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(format.Delimiter, $"\\{format.Delimiter}", StringComparison.Ordinal).Replace("\n", "\\\n", StringComparison.Ordinal);
    }
}
