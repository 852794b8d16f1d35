using System.Runtime.InteropServices;

namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>
/// SplitMix64, keyed by a stream and an item, so that any user of any table can be generated on its own and in any order.
/// Integers only: the runtime's own Random may change, and the mathematical functions differ between platforms.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct SyntheticRandom
{
    private const ulong Gamma = 0x9E37_79B9_7F4A_7C15;
    private ulong state;

    public SyntheticRandom(ulong stream, long item) => state = Mix(stream ^ Mix((ulong)item + Gamma));

    /// <summary>FNV-1a of the name, because string hash codes differ from run to run.</summary>
    public static ulong Stream(long seed, string name)
    {
        var hash = 0xCBF2_9CE4_8422_2325ul;
        foreach (var character in name)
            hash = (hash ^ character) * 0x0000_0100_0000_01B3;
        return Mix(hash ^ Mix((ulong)seed));
    }

    /// <summary>A number from 0 to <paramref name="exclusiveMaximum"/> − 1.</summary>
    public int Next(int exclusiveMaximum)
    {
        state += Gamma;
        return (int)(((Mix(state) >> 32) * (ulong)exclusiveMaximum) >> 32);
    }

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + Next(high - low + 1);

    public bool Chance(int perThousand) => Next(1000) < perThousand;

    /// <summary>Rounds a number of hundredths to whole ones so that the average stays exact.</summary>
    public int RoundHundredths(int hundredths) => (hundredths + Next(100)) / 100;

    /// <summary>Picks an index with the given weights.</summary>
    public int Pick(ReadOnlySpan<int> weights, int totalWeight)
    {
        var rest = Next(totalWeight);
        var index = 0;
        while (rest >= weights[index])
            rest -= weights[index++];
        return index;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
