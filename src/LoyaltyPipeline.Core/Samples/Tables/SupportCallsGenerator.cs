namespace LoyaltyPipeline.Core.Samples.Tables;

internal sealed class SupportCallsGenerator() : UserTableGenerator(SampleTables.SupportCalls)
{
    private const int DaysBetweenCounts = 30;
    private const int CallersPerThousand = 330;
    private const int MostCounts = 5;

    protected override int WriteUser(in SampleUser user, ref SampleRandom random, IRowSink sink)
    {
        if (!random.Chance(CallersPerThousand))
            return 0;

        var latest = user.LastDay - random.Next(DaysBetweenCounts);
        if (latest < user.FirstDay)
            return 0;

        var rows = Math.Min(random.Between(1, MostCounts), ((latest - user.FirstDay) / DaysBetweenCounts) + 1);
        for (var back = rows - 1; back >= 0; back--)
        {
            sink.Write(user.UserId);
            sink.WriteDate(SampleTime.ToDate(latest - (back * DaysBetweenCounts)));
            sink.Write(Math.Max(0, random.Between(-1, 2) + (random.Chance(60) ? random.Next(8) : 0)));
            sink.EndRow();
        }

        return rows;
    }
}
