using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>
/// Takes a text file apart into records and knows on which line each begins. Of CSV it makes the same records and values as the engine
/// does where the engine is content. Where it is not, the engine's recovery depends on how it cut the file up; here a record whose quotes
/// do not pair ends with its first line, so that one stray quote takes no other row with it.
/// </summary>
/// <param name="delimiter">What separates values; null where a line is one value.</param>
internal sealed class RecordScanner(Stream stream, string? delimiter)
{
    // Twice what the engine takes, so that what it takes is never too long here.
    private const int LongestRecord = 4 << 20;

    private const string NotPaired = "a quote is not closed, or text stands beside a quoted value";
    private const string NoUtf8 = "the text is no UTF-8";
    private const string TooLong = "the row is longer than the reader takes";

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    private readonly byte[] _delimiter = Encoding.UTF8.GetBytes(delimiter ?? string.Empty);
    private readonly SearchValues<byte> _valueEnds = SearchValues.Create(
        [.. "\r\n"u8, .. Encoding.UTF8.GetBytes(delimiter ?? string.Empty).Take(1)]);
    private readonly List<TextCell> _cells = [];
    private readonly byte[] _buffer = new byte[Math.Min(stream.Length + 1, 4 * LongestRecord)];
    private int _start, _end;
    private bool _atEnd, _begun;
    private long _nextLine = 1;

    /// <summary>The line on which the record begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Why the record cannot be read; null where it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>The number of the value that is at fault, from 0; null where it is not known.</summary>
    public int? FaultyValue =>
        Fault == NotPaired ? _cells.Count
        : Fault == NoUtf8 && _cells.FindIndex(cell => !Utf8.IsValid(Bytes(cell))) is >= 0 and var index ? index
        : null;

    /// <summary>Whether the file ends where the record does, without a line end: a record that lacks something then was cut off.</summary>
    public bool EndsFile { get; private set; }

    /// <summary>Its values; of a record at fault, those before it.</summary>
    public IReadOnlyList<TextCell> Cells => _cells;

    /// <summary>Moves to the next record; lines without anything are passed over.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Read()
    {
        do
        {
            Fill();
            SkipLineEnds();
        }
        while (!_atEnd && (_start == _end || LineEnds.Contains(_buffer[_start])));
        if (_start == _end)
            return false;

        Line = _nextLine;
        _cells.Clear();
        Fault = null;
        var end = delimiter is null ? ScanLine() : ScanRecord();
        EndsFile = _atEnd && end == _end;
        if (end - _start >= LongestRecord)
            Fault = TooLong;
        if (Fault is not null)
            end = EndOfLine();
        else if (!Utf8.IsValid(_buffer.AsSpan(_start, end - _start)))
            Fault = NoUtf8;
        EndsFile &= end == _end;
        _nextLine += CountLineEnds(_buffer.AsSpan(_start, end - _start));
        _start = end;
        return true;
    }

    /// <summary>The bytes of a value, quotes inside still doubled; valid until the next record.</summary>
    public ReadOnlySpan<byte> Bytes(TextCell cell) => _buffer.AsSpan(cell.Start, cell.Length);

    /// <summary>A value as text.</summary>
    public string Text(TextCell cell)
    {
        var text = Encoding.UTF8.GetString(Bytes(cell));
        return cell.IsQuoted ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    private int ScanLine()
    {
        var end = EndOfLine();
        _cells.Add(new TextCell(_start, end - _start, IsQuoted: false, HasQuotes: true));
        return end;
    }

    private int ScanRecord()
    {
        var position = _start;
        while (true)
        {
            position = ScanValue(position);
            if (Fault is not null || position >= _end || !StartsWithDelimiter(position))
                return position;
            position += _delimiter.Length;
        }
    }

    private int ScanValue(int start)
    {
        var quote = SkipBlanks(start);
        if (quote < _end && _buffer[quote] == '"')
            return ScanQuoted(quote + 1);
        var position = start;
        while (true)
        {
            var found = _buffer.AsSpan(position, _end - position).IndexOfAny(_valueEnds);
            position = found < 0 ? _end : position + found;
            if (found < 0 || LineEnds.Contains(_buffer[position]) || StartsWithDelimiter(position))
                break;
            position++;
        }

        _cells.Add(new TextCell(start, position - start, IsQuoted: false, _buffer.AsSpan(start, position - start).Contains((byte)'"')));
        return position;
    }

    // Blanks around the quotes are none of the value, as for the engine.
    private int ScanQuoted(int start)
    {
        var position = start;
        var doubled = false;
        while (true)
        {
            var found = _buffer.AsSpan(position, _end - position).IndexOf((byte)'"');
            if (found < 0)
            {
                Fault = NotPaired;
                return _end;
            }

            position += found;
            if (position + 1 >= _end || _buffer[position + 1] != '"')
                break;
            doubled = true;
            position += 2;
        }

        var end = SkipBlanks(position + 1);
        if (end < _end && !LineEnds.Contains(_buffer[end]) && !StartsWithDelimiter(end))
            Fault = NotPaired;
        else
            _cells.Add(new TextCell(start, position - start, IsQuoted: true, doubled));
        return end;
    }

    private bool StartsWithDelimiter(int position) => _buffer.AsSpan(position, _end - position).StartsWith(_delimiter);

    private int SkipBlanks(int position)
    {
        while (position < _end && _buffer[position] == ' ' && _delimiter[0] != ' ')
            position++;
        return position;
    }

    // A line beyond the buffer is passed over up to its end.
    private int EndOfLine()
    {
        while (true)
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOfAny(LineEnds);
            if (found >= 0)
                return _start + found;
            if (_atEnd)
                return _end;
            Fault = TooLong;
            _start = _end;
            Fill();
        }
    }

    private void SkipLineEnds()
    {
        var span = _buffer.AsSpan(_start, _end - _start);
        var text = span.IndexOfAnyExcept(LineEnds);
        var ends = text < 0 ? span.Length : text;
        // The second half of a pair may not have been read yet.
        if (text < 0 && !_atEnd && span.Length > 1 && span[^1] == '\r')
            ends--;
        _nextLine += CountLineEnds(span[..ends]);
        _start += ends;
    }

    private static long CountLineEnds(ReadOnlySpan<byte> text)
    {
        long ends = 0;
        for (var found = text.IndexOfAny(LineEnds); found >= 0; found = text.IndexOfAny(LineEnds))
        {
            ends++;
            var isPair = text[found] == '\r' && found + 1 < text.Length && text[found + 1] == '\n';
            text = text[(found + (isPair ? 2 : 1))..];
        }

        return ends;
    }

    // After this the buffer holds all of the next record, unless that is too long.
    private void Fill()
    {
        if (_atEnd || _end - _start >= LongestRecord)
            return;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var read = stream.ReadAtLeast(_buffer.AsSpan(_end), _buffer.Length - _end, throwOnEndOfStream: false);
        _atEnd = read < _buffer.Length - _end;
        _end += read;
        if (!_begun && _buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble))
            _start = Encoding.UTF8.Preamble.Length;
        _begun = true;
    }
}
