using CsvHelper;

namespace LoyaltyPipeline.Core.SyntheticData.Sinks;

/// <summary>
/// CSV as RFC 4180 has it: UTF-8, a header, a quote only where one is needed; but LF, so that files are the same on every system.
/// NULL is an empty field, an empty text is <c>""</c>.
/// </summary>
public sealed class CsvRowSink : IRawTextSink
{
    private static readonly CsvWriterOptions Spelling = CsvWriterOptions.Default with
    {
        NewLine = "\n",
        TrueValue = "true",
        FalseValue = "false",
        BufferSize = 1 << 18,
    };

    private readonly Stream stream;
    private readonly CsvWriter csv;

    /// <summary>Starts a file with its header line. The sink closes the stream.</summary>
    public CsvRowSink(Stream stream, IReadOnlyList<string> columns)
    {
        this.stream = stream;
        csv = CsvWriter.Create(stream, Spelling);
        csv.WriteHeader([.. columns]);
    }

    /// <inheritdoc/>
    public void Write(long value) => csv.WriteField(value);

    /// <inheritdoc/>
    public void Write(int value) => csv.WriteField(value);

    /// <inheritdoc/>
    public void Write(decimal value) => csv.WriteField(value);

    /// <inheritdoc/>
    public void Write(string value) => csv.WriteField(value, value.Length == 0 ? CsvQuoting.Always : CsvQuoting.WhenNeeded);

    /// <inheritdoc/>
    public void Write(bool value) => csv.WriteField(value);

    /// <inheritdoc/>
    public void WriteDate(DateOnly value) => csv.WriteField(value);

    /// <inheritdoc/>
    public void WriteTimestamp(DateTime value) => csv.WriteField(value, "yyyy-MM-dd HH:mm:ss");

    /// <inheritdoc/>
    public void WriteNull() => csv.WriteField((string?)null);

    /// <inheritdoc/>
    public void WriteRaw(string text) => Write(text);

    /// <inheritdoc/>
    public void EndRow() => csv.EndRecord();

    /// <inheritdoc/>
    public void Complete() => csv.Flush();

    // Without what the writer still holds: rows that are not complete are not wanted, and a full disk must not fail a second time.
    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
