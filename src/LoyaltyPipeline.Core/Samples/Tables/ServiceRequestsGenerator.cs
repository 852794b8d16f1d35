namespace LoyaltyPipeline.Core.Samples.Tables;

internal sealed class ServiceRequestsGenerator() : UserTableGenerator(SampleTables.ServiceRequests)
{
    private const int AverageHundredths = 60;
    private const int DaysUntilDecided = 30;

    protected override int WriteUser(in SampleUser user, ref SampleRandom random, IRowSink sink)
    {
        var rows = random.RoundHundredths(user.ScaleByLevel(AverageHundredths));
        for (var row = 0; row < rows; row++)
        {
            var at = Days.PickActiveSecond(user, ref random);
            sink.Write(NextId());
            sink.Write(user.UserId);
            sink.Write(random.Chance(700) ? "service" : "feature");
            sink.WriteTimestamp(SampleTime.ToTimestamp(at));
            sink.Write(PickStatus(user, at, ref random));
            sink.EndRow();
        }

        return rows;
    }

    private static string PickStatus(in SampleUser user, long at, ref SampleRandom random)
    {
        var isRecent = SampleTime.DayOf(at) > user.LastDay - DaysUntilDecided;
        if (random.Chance(isRecent ? 700 : 50))
            return "open";
        return random.Chance(800) ? "fulfilled" : "declined";
    }
}
