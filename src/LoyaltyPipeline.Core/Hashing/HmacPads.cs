using System.Security.Cryptography;
using System.Text;

namespace LoyaltyPipeline.Core.Hashing;

/// <summary>
/// A secret as HMAC-SHA256 puts it before what is hashed (RFC 2104): an engine that has only SHA-256 makes the rest of it.
/// </summary>
/// <param name="Inner">What stands before the message.</param>
/// <param name="Outer">What stands before the hash of both.</param>
internal sealed record HmacPads(byte[] Inner, byte[] Outer)
{
    private const byte InnerByte = 0x36;
    private const byte OuterByte = 0x5C;

    /// <summary>The pads of a secret, which is text in UTF-8.</summary>
    public static HmacPads Of(string secret) => Of(Encoding.UTF8.GetBytes(secret));

    /// <summary>The pads of a secret of any bytes.</summary>
    public static HmacPads Of(byte[] secret)
    {
        var block = new byte[SHA256.HashSizeInBytes * 2];
        // One that is longer than a block stands for itself by its hash.
        (secret.Length > block.Length ? SHA256.HashData(secret) : secret).CopyTo(block, 0);
        return new HmacPads(Pad(block, InnerByte), Pad(block, OuterByte));
    }

    private static byte[] Pad(byte[] block, byte with) => [.. block.Select(part => (byte)(part ^ with))];
}
