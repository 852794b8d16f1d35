using System.Text;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>Reads records as Snowflake reads CSV.</summary>
/// <param name="reader">Where from.</param>
/// <param name="format">How they are written.</param>
internal sealed class CsvRecordReader(TextReader reader, CsvFormat format)
{
    private readonly StringBuilder _text = new();
    private long _line = 1;

    /// <summary>Reads all records after the header.</summary>
    public IEnumerable<CsvRecord> Read()
    {
        for (var i = 0; i < format.SkipHeader && reader.ReadLine() is not null; i++)
            _line++;
        while (reader.Peek() >= 0)
            yield return ReadRecord();
    }

    private CsvRecord ReadRecord()
    {
        _text.Clear();
        var start = _line;
        var fields = new List<string?>();
        string? fault = null;
        var isOver = false;
        while (!isOver)
        {
            fields.Add(reader.Peek() == format.Quote ? ReadEnclosed(ref fault) : ReadPlain());
            isOver = !TryReadDelimiter(ref fault);
        }

        return new CsvRecord(fields, start, _text.ToString(), fault);
    }

    private string? ReadPlain()
    {
        var value = new StringBuilder();
        while (reader.Peek() is >= 0 and not ('\n' or '\r') && reader.Peek() != format.Delimiter[0])
        {
            var next = Next();
            value.Append(
                next == format.Escape && reader.Peek() >= 0
                    && !format.Nulls.Contains($"{next}{(char)reader.Peek()}", StringComparer.Ordinal) ? Next() : next);
        }

        return (value.Length == 0 && format.EmptyIsNull) || IsNull(value) ? null : value.ToString();
    }

    private string? ReadEnclosed(ref string? fault)
    {
        var value = new StringBuilder();
        Next();
        while (true)
        {
            if (reader.Peek() < 0)
            {
                fault ??= "Found end of file in an enclosed field";
                return value.ToString();
            }

            var next = Next();
            if (next == '\n')
                _line++;
            if (next != format.Quote)
                value.Append(next);
            else if (reader.Peek() == format.Quote)
                value.Append(Next());
            else
                return IsNull(value) ? null : value.ToString();
        }
    }

    private bool IsNull(StringBuilder value) => format.Nulls.Contains(value.ToString(), StringComparer.Ordinal);

    /// <summary>Reads what comes after a field.</summary>
    /// <returns>Whether another field follows.</returns>
    private bool TryReadDelimiter(ref string? fault)
    {
        while (reader.Peek() is >= 0 and not ('\n' or '\r'))
        {
            var next = Next();
            if (next == format.Delimiter[0])
                return true;
            fault ??= $"Found character '{next}' instead of field delimiter '{format.Delimiter}'";
        }

        if (reader.Peek() == '\r')
            _ = reader.Read();
        if (reader.Peek() == '\n')
            _ = reader.Read();
        _line++;
        return false;
    }

    private char Next()
    {
        var next = (char)reader.Read();
        _text.Append(next);
        return next;
    }
}
