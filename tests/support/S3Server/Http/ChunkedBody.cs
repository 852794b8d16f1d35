namespace LoyaltyPipeline.S3Support.Http;

/// <summary>A body in chunks, each after a line with its length; one of no length, headers and an empty line end it.</summary>
internal sealed class ChunkedBody : MessageBody
{
    private long _data;
    private long _size;
    private int _lineLength;
    private bool _sizeEnded;
    private bool _inTrailer;

    public override int Take(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && !IsDone)
        {
            if (_data > 0)
            {
                var count = (int)Math.Min(_data, bytes.Length - at);
                _data -= count;
                at += count;
            }
            else
            {
                Line(bytes[at++]);
            }
        }

        return at;
    }

    // The length is not known before the end. A part of nothing is a body that breaks at its beginning, whatever its length.
    public override long Cut(double part) => 1;

    private void Line(byte value)
    {
        if (value == '\n')
            LineEnds();
        else if (value != '\r')
            InLine(value);
    }

    private void InLine(byte value)
    {
        _lineLength++;
        _sizeEnded |= value is (byte)';' or (byte)' ';
        if (!_inTrailer && !_sizeEnded)
            _size = (_size * 16) + Convert.ToInt32(((char)value).ToString(), 16);
    }

    private void LineEnds()
    {
        if (_inTrailer)
            IsDone = _lineLength == 0;
        else if (_lineLength > 0 && _size == 0)
            _inTrailer = true;
        else
            _data = _size;

        // The empty line after a chunk brings no size, and so no data.
        (_lineLength, _size, _sizeEnded) = (0, 0, false);
    }
}
