using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LoyaltyPipeline.Core.SyntheticData.Sinks;

/// <summary>
/// CSV as RFC 4180 has it: UTF-8, a header, a quote only where one is needed; but LF, so that files are the same on every system.
/// NULL is an empty field, an empty text is <c>""</c>.
/// </summary>
public sealed class CsvRowSink : IRawTextSink
{
    private const int LongestNumber = 40;

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    private readonly Stream stream;
    private readonly int columnCount;
    private byte[] buffer = new byte[1 << 18];
    private int used;
    private int column;

    /// <summary>Starts a file with its header line. The sink closes the stream.</summary>
    public CsvRowSink(Stream stream, IReadOnlyList<string> columns)
    {
        this.stream = stream;
        columnCount = columns.Count;
        foreach (var name in columns)
            Write(name);
        EndRow();
    }

    /// <inheritdoc/>
    public void Write(long value)
    {
        StartValue(LongestNumber);
        Utf8Formatter.TryFormat(value, buffer.AsSpan(used), out var written);
        used += written;
    }

    /// <inheritdoc/>
    public void Write(int value) => Write((long)value);

    /// <inheritdoc/>
    public void Write(decimal value)
    {
        StartValue(LongestNumber);
        value.TryFormat(buffer.AsSpan(used), out var written, default, CultureInfo.InvariantCulture);
        used += written;
    }

    /// <inheritdoc/>
    public void Write(string value)
    {
        StartValue((value.Length * 3) + 2);
        if (value.Length == 0 || value.AsSpan().ContainsAny(NeedQuotes))
            AppendQuoted(value);
        else
            used += Encoding.UTF8.GetBytes(value, buffer.AsSpan(used));
    }

    /// <inheritdoc/>
    public void Write(bool value)
    {
        StartValue(LongestNumber);
        var text = value ? "true"u8 : "false"u8;
        text.CopyTo(buffer.AsSpan(used));
        used += text.Length;
    }

    /// <inheritdoc/>
    public void WriteDate(DateOnly value)
    {
        StartValue(LongestNumber);
        value.Deconstruct(out var year, out var month, out var day);
        AppendDate(year, month, day);
    }

    /// <inheritdoc/>
    public void WriteTimestamp(DateTime value)
    {
        StartValue(LongestNumber);
        value.Deconstruct(out var date, out var time);
        date.Deconstruct(out var year, out var month, out var day);
        AppendDate(year, month, day);
        buffer[used++] = (byte)' ';
        AppendTwoDigits(time.Hour);
        buffer[used++] = (byte)':';
        AppendTwoDigits(time.Minute);
        buffer[used++] = (byte)':';
        AppendTwoDigits(time.Second);
    }

    /// <inheritdoc/>
    public void WriteNull() => StartValue(0);

    /// <inheritdoc/>
    public void WriteRaw(string text) => Write(text);

    /// <inheritdoc/>
    public void EndRow()
    {
        if (column != columnCount)
            throw new InvalidOperationException($"A row has {column} values where the table has {columnCount} columns.");
        column = 0;
        Reserve(1);
        buffer[used++] = (byte)'\n';
    }

    /// <inheritdoc/>
    public void Complete()
    {
        Flush();
        stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void StartValue(int size)
    {
        Reserve(size + 1);
        if (column++ > 0)
            buffer[used++] = (byte)',';
    }

    private void Reserve(int size)
    {
        if (buffer.Length - used >= size)
            return;
        Flush();
        if (buffer.Length < size)
            buffer = new byte[size];
    }

    private void Flush()
    {
        stream.Write(buffer, 0, used);
        used = 0;
    }

    private void AppendQuoted(string value)
    {
        var escaped = value.Replace("\"", "\"\"", StringComparison.Ordinal);
        Reserve((escaped.Length * 3) + 2);
        buffer[used++] = (byte)'"';
        used += Encoding.UTF8.GetBytes(escaped, buffer.AsSpan(used));
        buffer[used++] = (byte)'"';
    }

    private void AppendDate(int year, int month, int day)
    {
        AppendTwoDigits(year / 100);
        AppendTwoDigits(year % 100);
        buffer[used++] = (byte)'-';
        AppendTwoDigits(month);
        buffer[used++] = (byte)'-';
        AppendTwoDigits(day);
    }

    private void AppendTwoDigits(int value)
    {
        buffer[used++] = (byte)('0' + (value / 10));
        buffer[used++] = (byte)('0' + (value % 10));
    }
}
