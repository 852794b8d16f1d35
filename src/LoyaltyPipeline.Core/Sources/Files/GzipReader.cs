using System.Buffers.Binary;
using ICSharpCode.SharpZipLib.Checksum;
using ICSharpCode.SharpZipLib.Zip.Compression;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>
/// Reads a gzip after RFC 1952, member by member, and checks all that it says of itself: lengths, checksums, and that nothing follows that
/// is no member. Readers that pass over what follows lose the rows in it; zeros at the end alone are padding.
/// </summary>
internal sealed class GzipReader(Stream packed)
{
    private const int BufferBytes = 1 << 20;
    private const int TrailerBytes = 8;

    private const int HasHeaderChecksum = 2;
    private const int HasExtra = 4;
    private const int HasName = 8;
    private const int HasComment = 16;

    private readonly byte[] _input = new byte[BufferBytes];
    private readonly Inflater _inflater = new(noHeader: true);
    private readonly Crc32 _checksum = new();
    private int _start, _end;
    private bool _isInMember;
    private bool _isAnyRead;

    /// <summary>Reads some of what is packed.</summary>
    /// <returns>How many bytes; 0 at the end.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or something follows the last member.</exception>
    /// <exception cref="EndOfStreamException">The file is cut off.</exception>
    public int Read(byte[] buffer)
    {
        while (_isInMember || BeginMember())
        {
            var read = _inflater.Inflate(buffer, 0, buffer.Length);
            if (read > 0)
            {
                _checksum.Update(new ArraySegment<byte>(buffer, 0, read));
                return read;
            }

            if (_inflater.IsFinished)
                EndMember();
            else if (_inflater.IsNeedingInput)
                Feed();
            else
                throw new InvalidDataException("It needs a dictionary.");
        }

        return 0;
    }

    private bool BeginMember()
    {
        if (!Fill())
            return _isAnyRead ? false : throw new EndOfStreamException("It has no byte.");
        if (_isAnyRead && _input[_start] == 0)
        {
            DemandPadding();
            return false;
        }

        var (first, second, method, flags) = (Next(), Next(), Next(), Next());
        if (first != 0x1F || second != 0x8B || method != 8)
            throw new InvalidDataException(_isAnyRead ? "Something follows that is no gzip." : "It is no gzip.");
        Skip(6);
        if ((flags & HasExtra) != 0)
            Skip(Next() | (Next() << 8));
        if ((flags & HasName) != 0)
            SkipText();
        if ((flags & HasComment) != 0)
            SkipText();
        if ((flags & HasHeaderChecksum) != 0)
            Skip(2);
        _inflater.Reset();
        _checksum.Reset();
        _isInMember = _isAnyRead = true;
        return true;
    }

    private void Feed()
    {
        if (!Fill())
            throw new EndOfStreamException("It ends within packed data.");
        _inflater.SetInput(_input, _start, _end - _start);
        _start = _end;
    }

    private void EndMember()
    {
        _start = _end - _inflater.RemainingInput;
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        for (var index = 0; index < TrailerBytes; index++)
            trailer[index] = Next();
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != (uint)_checksum.Value)
            throw new InvalidDataException("Its checksum is not that of its content.");
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)_inflater.TotalOut)
            throw new InvalidDataException("Its length is not that of its content.");
        _isInMember = false;
    }

    private void DemandPadding()
    {
        do
        {
            if (_input.AsSpan(_start, _end - _start).ContainsAnyExcept((byte)0))
                throw new InvalidDataException("Something follows that is no gzip.");
            _start = _end;
        }
        while (Fill());
    }

    private void SkipText()
    {
        while (Next() != 0)
        {
        }
    }

    private void Skip(int bytes)
    {
        for (var left = bytes; left > 0; left--)
            Next();
    }

    private byte Next() => Fill() ? _input[_start++] : throw new EndOfStreamException("It ends within what it says of itself.");

    // Whether there is a byte.
    private bool Fill()
    {
        if (_start < _end)
            return true;
        (_start, _end) = (0, packed.Read(_input, 0, _input.Length));
        return _end > 0;
    }
}
