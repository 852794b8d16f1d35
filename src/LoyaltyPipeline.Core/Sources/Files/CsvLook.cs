using System.Text;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>What a file looks like whose first line is not the header that its table needs. Nothing of its content is repeated: it may be a person's.</summary>
internal static class CsvLook
{
    private const int HeadBytes = 4096;

    /// <summary>Says it.</summary>
    /// <param name="plainPath">The file, uncompressed.</param>
    /// <param name="header">What was read of its first line.</param>
    /// <param name="delimiter">What separates values.</param>
    /// <returns>A sentence; null where nothing can be said.</returns>
    public static string? Of(string plainPath, IReadOnlyList<string> header, string delimiter)
    {
        var head = Head(plainPath);
        return OfFormat(head) ?? OfFirstLine(head, header, delimiter);
    }

    /// <summary>What a file is that is no text at all, or one of another format.</summary>
    /// <param name="plainPath">The file, uncompressed.</param>
    /// <returns>A sentence; null where it may be text.</returns>
    public static string? OfFormat(string plainPath) => OfFormat(Head(plainPath));

    private static string? OfFormat(byte[] head)
    {
        if (head.AsSpan().StartsWith("PK\u0003\u0004"u8))
            return "It looks like a zip archive or an Excel workbook.";
        if (head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return "It looks gzipped; such a file ends in .gz.";
        if (head.AsSpan().StartsWith("PAR1"u8))
            return "It looks like Parquet; such a file ends in .parquet.";
        // Every other byte of English text in UTF-16 is zero.
        if (head.AsSpan().Count((byte)0) > head.Length / 4)
            return "It looks encoded in UTF-16, or is no text at all.";
        return null;
    }

    private static string? OfFirstLine(byte[] head, IReadOnlyList<string> header, string delimiter)
    {
        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
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

        return header.Any(name => name.AsSpan().ContainsAnyInRange('0', '9')) ? "Its first line looks like data: has the file no header line?" : null;
    }

    private static byte[] Head(string path)
    {
        using var stream = File.OpenRead(path);
        var head = new byte[HeadBytes];
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }
}
