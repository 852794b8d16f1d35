using System.Text;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>
/// What a text file looks like from outside, for what is said where it is not what its name says. Nothing of its content is repeated: it
/// may be a person's.
/// </summary>
internal sealed class FileLook
{
    private const int HeadBytes = 4096;

    private readonly byte[] _head;

    private FileLook(byte[] head, bool endsInZero)
    {
        _head = head;
        EndsInZero = endsInZero;
    }

    /// <summary>Whether its last byte is zero. A program that copies may reserve the room first.</summary>
    public bool EndsInZero { get; }

    /// <summary>What it is if it is no text in UTF-8, as a sentence; null where it may be.</summary>
    public string? OtherFormat => _head switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] => "It looks like a zip archive or an Excel workbook.",
        [0x1F, 0x8B, ..] => "It looks gzipped; such a file ends in .gz.",
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => "It looks like Parquet; such a file ends in .parquet.",
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "It is encoded in UTF-16.",
        // Every other byte of English text in UTF-16 is zero.
        _ when _head.AsSpan().Count((byte)0) > _head.Length / 4 => "It looks encoded in UTF-16, or is no text at all.",
        _ => null,
    };

    /// <summary>Looks at a file.</summary>
    /// <param name="plainPath">The file, uncompressed.</param>
    public static FileLook At(string plainPath)
    {
        using var stream = File.OpenRead(plainPath);
        var head = new byte[HeadBytes];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (stream.Length == 0)
            return new FileLook(head, endsInZero: false);
        stream.Seek(-1, SeekOrigin.End);
        return new FileLook(head, stream.ReadByte() == 0);
    }

    /// <summary>What its first line seems to be, if not the header that its table needs.</summary>
    /// <param name="header">What was read of that line.</param>
    /// <param name="delimiter">What separates values.</param>
    /// <returns>A sentence; null where nothing can be said.</returns>
    public string? FirstLine(IReadOnlyList<string> header, string delimiter)
    {
        if (_head.AsSpan().StartsWith("\uFEFF\uFEFF"u8))
            return "It begins with more than one byte order mark: have one left out.";
        var text = Encoding.UTF8.GetString(_head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith('<'))
            return "It looks like a page of HTML or XML, perhaps an error message of a server.";
        if (text.StartsWith('{') || text.StartsWith('['))
            return "It looks like JSON; a file of JSON lines ends in .jsonl.";
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
            return "Its first line is a hint for a spreadsheet (sep=), not the header: have it left out, and give -Delimiter.";
        var line = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length);
        foreach (var (other, name) in new[] { (";", "';'"), ("\t", "\"`t\""), ("|", "'|'"), (",", "','") })
        {
            if (header.Count == 1 && other != delimiter && line.Contains(other, StringComparison.Ordinal))
                return $"Its values seem to be separated by {name}: give -Delimiter {name}.";
        }

        return header.Any(name => name.AsSpan().ContainsAnyInRange('0', '9'))
            ? "Its first line looks like data: has the file no header line?"
            : null;
    }
}
