using System.IO.Compression;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>Opens staged files.</summary>
internal static class StagedFile
{
    private const int GzipFirst = 0x1f;
    private const int GzipSecond = 0x8b;

    /// <summary>Opens a file as text.</summary>
    /// <param name="compression">How it is compressed; AUTO to look.</param>
    public static StreamReader OpenText(FileInfo file, string compression)
    {
        var stream = file.OpenRead();
        var isGzip = compression == "GZIP" || (compression == "AUTO" && IsGzip(stream));
        return new StreamReader(isGzip ? new GZipStream(stream, CompressionMode.Decompress) : stream);
    }

    /// <summary>Copies a file, compressing it with gzip on the way where that is wanted.</summary>
    public static void Copy(string from, string to, bool compresses)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (!compresses)
        {
            File.Copy(from, to, overwrite: true);
            return;
        }

        using var source = File.OpenRead(from);
        using var target = new GZipStream(File.Create(to), CompressionLevel.Fastest);
        source.CopyTo(target);
    }

    /// <summary>Whether a file begins as gzip does.</summary>
    public static bool IsGzip(string path)
    {
        using var stream = File.OpenRead(path);
        return IsGzip(stream);
    }

    private static bool IsGzip(FileStream stream)
    {
        var isGzip = stream.ReadByte() == GzipFirst && stream.ReadByte() == GzipSecond;
        stream.Position = 0;
        return isGzip;
    }
}
