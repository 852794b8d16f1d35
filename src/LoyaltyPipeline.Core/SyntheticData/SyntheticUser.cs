using System.Runtime.InteropServices;

namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>The habits of one user, from which the rows of every table follow.</summary>
/// <param name="UserId">The key, 1 and up.</param>
/// <param name="SignedUpAt">Seconds since 1970.</param>
/// <param name="FirstDay">The first day on which the user can have events.</param>
/// <param name="LastActiveDay">The day after which a user who lapsed does nothing any more.</param>
/// <param name="LastDay">The last day of the sample.</param>
/// <param name="Level">How engaged the user is: 0 to 999,999, evenly spread.</param>
/// <param name="ActiveShare">The share of what happens in the sample that happens while the user is there and active, in
/// thousandths.</param>
/// <param name="Region">Index of the region, or one of the constants of <see cref="SyntheticRegions"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SyntheticUser(
    long UserId, long SignedUpAt, int SampleFirstDay, int FirstDay, int LastActiveDay, int LastDay, int Level, int ActiveShare, int Region)
{
    public const int LevelCount = 1_000_000;

    public bool HasLapsed => LastActiveDay < LastDay;

    /// <summary>Whether the user signed up during the sample.</summary>
    public bool IsNewcomer => SyntheticTime.DayOf(SignedUpAt) >= SampleFirstDay;

    /// <summary>A number of rows, in hundredths, for the part of the period in which the user was active.</summary>
    public int Scale(int hundredths) => (int)((long)hundredths * ActiveShare / 1000);

    /// <summary>As <see cref="Scale"/>, growing in proportion with the level, with the given average.</summary>
    public int ScaleByLevel(int averageHundredths) => Scale((int)(2L * averageHundredths * Level / LevelCount));
}
