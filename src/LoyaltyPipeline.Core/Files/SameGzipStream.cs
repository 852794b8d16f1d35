using System.IO.Compression;

namespace LoyaltyPipeline.Core.Files;

/// <summary>
/// Gzip that is byte by byte the same on every system: .NET notes in its header on which one it was written. Closing it closes the target.
/// </summary>
internal sealed class SameGzipStream : GZipStream
{
    private const int SystemAt = 9;
    private const byte UnknownSystem = 255;

    private readonly Stream _target;
    private bool _isClosed;

    /// <summary>Begins one.</summary>
    /// <param name="target">Where it goes; a file, at its beginning.</param>
    /// <param name="options">How it is compressed.</param>
    public SameGzipStream(Stream target, ZLibCompressionOptions options)
        : base(target, options, leaveOpen: true) => _target = target;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        try
        {
            base.Dispose(disposing);
            if (!disposing || _isClosed || _target.Length <= SystemAt)
                return;
            _target.Position = SystemAt;
            _target.WriteByte(UnknownSystem);
        }
        finally
        {
            _isClosed = true;
            if (disposing)
                _target.Dispose();
        }
    }
}
