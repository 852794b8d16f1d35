namespace LoyaltyPipeline.S3Support.Http;

/// <summary>Finds the end of a body while it goes by.</summary>
internal abstract class MessageBody
{
    /// <summary>Whether it was there to its end.</summary>
    public bool IsDone { get; protected set; }

    /// <summary>The body of a message with this head.</summary>
    public static MessageBody Of(HttpHead head, bool openEnded)
    {
        if (head.IsChunked)
            return new ChunkedBody();
        if (head.ContentLength is { } length)
            return new FixedBody(length);
        return openEnded ? new OpenBody() : new FixedBody(0);
    }

    /// <summary>Looks at what came.</summary>
    /// <returns>How much of it belongs to the body.</returns>
    public abstract int Take(ReadOnlySpan<byte> bytes);

    /// <summary>After how many bytes a part of it is through; at least one is left out.</summary>
    public abstract long Cut(double part);

    /// <summary>Hears that no more comes.</summary>
    public virtual void End() => throw new IOException("The connection ended in a body.");
}
