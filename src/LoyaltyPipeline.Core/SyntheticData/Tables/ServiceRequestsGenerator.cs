using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

internal sealed class ServiceRequestsGenerator() : UserTableGenerator(
    "DW_B.SERVICE_REQUESTS",
    "REQUEST_ID", "USER_ID", "REQUEST_TYPE", "REQUESTED_AT", "STATUS")
{
    private const int AverageHundredths = 60;
    private const int DaysUntilDecided = 30;

    protected override int WriteUser(in SyntheticUser user, ref SyntheticRandom random, IRowSink sink)
    {
        var rows = random.RoundHundredths(user.ScaleByLevel(AverageHundredths));
        for (var row = 0; row < rows; row++)
        {
            var at = Days.PickActiveSecond(user, ref random);
            sink.Write(NextId());
            sink.Write(user.UserId);
            sink.Write(random.Chance(700) ? "service" : "feature");
            sink.WriteTimestamp(SyntheticTime.ToTimestamp(at));
            sink.Write(PickStatus(user, at, ref random));
            sink.EndRow();
        }

        return rows;
    }

    private static string PickStatus(in SyntheticUser user, long at, ref SyntheticRandom random)
    {
        var isRecent = SyntheticTime.DayOf(at) > user.LastDay - DaysUntilDecided;
        if (random.Chance(isRecent ? 700 : 50))
            return "open";
        return random.Chance(800) ? "fulfilled" : "declined";
    }
}
