namespace LoyaltyPipeline.S3Support.Http;

/// <summary>A body whose length is known.</summary>
internal sealed class FixedBody : MessageBody
{
    private long _left;

    public FixedBody(long length)
    {
        _left = length;
        IsDone = length == 0;
    }

    public override int Take(ReadOnlySpan<byte> bytes)
    {
        var count = (int)Math.Min(_left, bytes.Length);
        _left -= count;
        IsDone = _left == 0;
        return count;
    }

    public override long Cut(double part) => Math.Clamp((long)(_left * part), 0, Math.Max(0, _left - 1));
}
