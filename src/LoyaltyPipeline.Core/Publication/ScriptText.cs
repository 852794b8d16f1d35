using System.Text;
using System.Text.Unicode;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Publication;

/// <summary>A text as it lies on the disk: UTF-8, or UTF-16 with its mark.</summary>
/// <param name="Text">The text, without a mark.</param>
/// <param name="Encoding">Its encoding, which knows whether there is a mark.</param>
internal sealed record ScriptText(string Text, Encoding Encoding)
{
    private static readonly Encoding[] Marked =
    [
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

    private static readonly Encoding Unmarked = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public byte[] Bytes => [.. Encoding.Preamble, .. Encoding.GetBytes(Text)];

    /// <summary>Reads a file.</summary>
    /// <exception cref="LoyaltyException"><c>ScriptUnusable</c>: it is no text, or cannot be read; <c>FileInUse</c>.</exception>
    public static ScriptText Read(string path)
    {
        try
        {
            return Of(FilePatience.Usual(CancellationToken.None).Insist(() => File.ReadAllBytes(path), "read", path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw LoyaltyErrors.ScriptUnusable.Because(
                $"{path} cannot be read: {exception.Message}", path, "Check that it is a file, and that it may be read.", exception);
        }
    }

    /// <summary>The text of bytes.</summary>
    /// <param name="path">What an error names.</param>
    /// <exception cref="LoyaltyException"><c>ScriptUnusable</c>.</exception>
    public static ScriptText Of(byte[] bytes, string path)
    {
        var encoding = Array.Find(Marked, candidate => bytes.AsSpan().StartsWith(candidate.Preamble)) ?? Unmarked;
        var content = bytes.AsSpan(encoding.Preamble.Length);
        var isUtf8 = encoding is UTF8Encoding;
        if (isUtf8 && content.Contains((byte)0))
            throw LoyaltyErrors.ScriptUnusable.Because($"{path} holds zero bytes: it is no text, or UTF-16 without its mark.", path);
        if (isUtf8 && !Utf8.IsValid(content))
            throw LoyaltyErrors.ScriptUnusable.Because($"{path} is no UTF-8: it was saved in another encoding, such as ANSI.", path);
        try
        {
            return new ScriptText(encoding.GetString(content), encoding);
        }
        catch (DecoderFallbackException exception)
        {
            throw LoyaltyErrors.ScriptUnusable.Because($"{path} begins as UTF-16 and is none: {exception.Message}", path, cause: exception);
        }
    }
}
