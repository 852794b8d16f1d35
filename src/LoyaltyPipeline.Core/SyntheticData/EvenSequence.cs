using System.Runtime.InteropServices;

namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>
/// Numbers that fill their range more evenly than chance does, from the first few of them on: each lies a golden section further than the
/// one before. What is made with them has no more of a day or of a region than it should, in small samples too.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct EvenSequence(uint first)
{
    private const ulong GoldenSection = 0x9E37_79B9_7F4A_7C15;
    private ulong state = (ulong)(uint.MaxValue - first) << 32;

    /// <summary>The next number.</summary>
    public uint Next()
    {
        var number = uint.MaxValue - (uint)(state >> 32);
        state += GoldenSection;
        return number;
    }
}
