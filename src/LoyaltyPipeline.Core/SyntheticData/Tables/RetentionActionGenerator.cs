using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

internal sealed class RetentionActionGenerator() : UserTableGenerator(
    "DW_B.RETENTION_ACTION",
    "ACTION_ID", "USER_ID", "ACTION_TYPE", "ACTION_AT", "OUTCOME")
{
    private const int AverageHundredths = 24;
    private const int LapsedAverageHundredths = 90;
    private const int DaysUntilDecided = 21;

    private static readonly string[] Types = ["call", "discount", "email", "gift", "survey"];

    protected override int WriteUser(in SyntheticUser user, ref SyntheticRandom random, IRowSink sink)
    {
        var rows = random.RoundHundredths(user.Scale(user.HasLapsed ? LapsedAverageHundredths : AverageHundredths));
        for (var row = 0; row < rows; row++)
        {
            var at = Days.PickSecond(user, ref random);
            sink.Write(NextId());
            sink.Write(user.UserId);
            sink.Write(Types[random.Next(Types.Length)]);
            sink.WriteTimestamp(SyntheticTime.ToTimestamp(at));
            sink.Write(PickOutcome(user, at, ref random));
            sink.EndRow();
        }

        return rows;
    }

    private static string PickOutcome(in SyntheticUser user, long at, ref SyntheticRandom random)
    {
        if (SyntheticTime.DayOf(at) > user.LastDay - DaysUntilDecided)
            return "pending";
        return random.Chance(user.HasLapsed ? 700 : 150) ? "churned" : "retained";
    }
}
