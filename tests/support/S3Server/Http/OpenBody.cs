namespace LoyaltyPipeline.S3Support.Http;

/// <summary>A body that ends with the connection.</summary>
internal sealed class OpenBody : MessageBody
{
    public override int Take(ReadOnlySpan<byte> bytes) => bytes.Length;

    // Nobody knows its length, and a client could not tell a part of it from the whole.
    public override long Cut(double part) => 0;

    public override void End() => IsDone = true;
}
