using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

/// <summary>Calls of the last 30 days are counted every 30 days, for a while from the first call on.</summary>
internal sealed class SupportCallsGenerator() : UserTableGenerator("DW_B.SUPPORT_CALLS", "USER_ID", "AS_OF_DATE", "CALLS_LAST_30_DAYS")
{
    private const int DaysBetweenCounts = 30;
    private const int CallersPerThousand = 360;
    private const int MostCounts = 5;

    protected override int WriteUser(in SyntheticUser user, ref SyntheticRandom random, IRowSink sink)
    {
        if (!random.Chance(CallersPerThousand))
            return 0;

        var wanted = random.Between(1, MostCounts);
        var rows = 0;
        for (var day = Days.PickActiveDay(user, user.FirstDay); rows < wanted && day <= user.LastDay; day += DaysBetweenCounts, rows++)
        {
            sink.Write(user.UserId);
            sink.WriteDate(SyntheticTime.ToDate(day));
            sink.Write(Math.Max(0, random.Between(-1, 2) + (random.Chance(60) ? random.Next(8) : 0)));
            sink.EndRow();
        }

        return rows;
    }
}
