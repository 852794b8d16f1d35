namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>
/// How busy each day of a sample is: weekends are quieter, summers too, the end of the year is busier, and from year to year there is more
/// of everything. Days are picked by the share of the busyness up to them, so that whoever spreads the shares evenly gets days that follow
/// the rhythm.
/// </summary>
internal sealed class SyntheticRhythm
{
    /// <summary>A year as busy as its average has this on each day.</summary>
    public const int AverageSeason = 1000;

    private const int GrowthPerThousandAndYear = 200;
    private const int DaysOfYear = 365;
    private const int GuideSteps = 4096;
    private const int LongestBeforeLaunchInDays = 90;

    /// <summary>1970-01-01 was a Thursday.</summary>
    private static readonly int[] WeightsFromThursday = [12, 10, 6, 5, 11, 12, 12];

    /// <summary>In the middle of each month.</summary>
    private static readonly int[] SeasonsFromJanuary = [960, 950, 970, 1000, 1020, 1000, 940, 910, 1000, 1040, 1090, 1120];

    private readonly int firstDay;
    private readonly int[] before;
    private readonly int[] guide = new int[GuideSteps];

    public SyntheticRhythm(int firstDay, int lastDay)
    {
        this.firstDay = firstDay;
        before = new int[lastDay - firstDay + 2];
        for (var day = firstDay; day <= lastDay; day++)
            before[day - firstDay + 1] = before[day - firstDay] + Weight(day);
        for (int step = 0, index = 0; step < GuideSteps; step++)
        {
            var share = (int)((long)before[^1] * step / GuideSteps);
            while (before[index + 1] <= share)
                index++;
            guide[step] = index;
        }

        LaunchDay = lastDay - (Math.Min(lastDay - firstDay + 1, LongestBeforeLaunchInDays) / 2);
    }

    /// <summary>The day on which a new feature comes out.</summary>
    public int LaunchDay { get; }

    /// <summary>How busy the time of the year is.</summary>
    public static int Season(int day)
    {
        var date = SyntheticTime.ToDate(day);
        // From the middle of one month to that of the next.
        var isSecondHalf = date.Day >= 15;
        var from = (date.Month + (isSecondHalf ? 11 : 10)) % 12;
        var passed = isSecondHalf ? date.Day - 15 : date.Day + 15;
        return SeasonsFromJanuary[from] + ((SeasonsFromJanuary[(from + 1) % 12] - SeasonsFromJanuary[from]) * passed / 31);
    }

    /// <summary>The share of the whole sample's busyness that some days have, in thousandths.</summary>
    public int Share(int from, int to) => (int)(1000L * (before[to - firstDay + 1] - before[from - firstDay]) / before[^1]);

    /// <summary>The day at which a share of the busyness between two days is reached.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="point">The share: 0 to 2³² − 1 for all.</param>
    public int DayAt(int from, int to, uint point)
    {
        var start = before[from - firstDay];
        var place = start + (int)(((ulong)(before[to - firstDay + 1] - start) * point) >> 32);
        var index = guide[(int)((long)place * GuideSteps / before[^1])];
        while (before[index + 1] <= place)
            index++;
        return firstDay + index;
    }

    private int Weight(int day) =>
        (int)((long)WeightsFromThursday[day % 7] * Season(day) * (1000 + (GrowthPerThousandAndYear * (day - firstDay) / DaysOfYear))
            / 10_000);
}
