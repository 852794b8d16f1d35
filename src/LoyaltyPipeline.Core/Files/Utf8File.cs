using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Files;

/// <summary>
/// Texts that people write: they are UTF-8, and one that is not is refused, since what cannot be read would go on as other characters,
/// without a word.
/// </summary>
internal static class Utf8File
{
    private const string Remedy = "Save the file as UTF-8; editors ask for the encoding where they save under a name.";

    /// <summary>Reads a text.</summary>
    /// <param name="error">The error to raise where it is no UTF-8.</param>
    /// <returns>The text, without the mark of UTF-8 at its beginning.</returns>
    /// <exception cref="LoyaltyException">The given error, with the line; <c>FileInUse</c>.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string Read(string path, ErrorDefinition error)
    {
        var bytes = FilePatience.Usual(CancellationToken.None).Insist(() => File.ReadAllBytes(path), "read", path).AsSpan();
        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]) || bytes.Contains((byte)0))
            throw error.Because($"{path} line 1: the file is UTF-16, or no text", path, Remedy);
        if (!Utf8.IsValid(bytes))
            throw Otherwise(bytes, path, error);
        var mark = Encoding.UTF8.Preamble;
        return Encoding.UTF8.GetString(bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes);
    }

    /// <summary>Reads a text in which a line ends alike, whatever system it was saved on.</summary>
    /// <inheritdoc cref="Read"/>
    public static string ReadScript(string path, ErrorDefinition error) =>
        Read(path, error).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static LoyaltyException Otherwise(ReadOnlySpan<byte> bytes, string path, ErrorDefinition error)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == OperationStatus.Done)
            at += length;
        var line = bytes[..at].Count((byte)'\n') + 1;
        return error.Because(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{path} line {line}: the byte 0x{bytes[at]:X2} is no UTF-8; the file was saved in another encoding, such as ANSI"), path,
                Remedy);
    }
}
