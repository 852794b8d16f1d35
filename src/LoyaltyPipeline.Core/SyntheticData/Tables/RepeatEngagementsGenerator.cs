using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

internal sealed class RepeatEngagementsGenerator() : UserTableGenerator(
    "DW_A.REPEAT_ENGAGEMENTS",
    "USER_ID", "ENGAGEMENT_TYPE", "REPEAT_COUNT", "LAST_ENGAGED_AT")
{
    private static readonly string[] Types = ["community", "newsletter", "referral", "survey", "webinar"];
    private static readonly int[] ChancesPerThousand = [200, 500, 120, 260, 180];

    protected override int WriteUser(in SyntheticUser user, ref SyntheticRandom random, IRowSink sink)
    {
        var rows = 0;
        for (var type = 0; type < Types.Length; type++)
        {
            if (!random.Chance(user.ScaleByLevel(ChancesPerThousand[type])))
                continue;
            sink.Write(user.UserId);
            sink.Write(Types[type]);
            sink.Write(random.Next(2 + (user.Level / 80_000)));
            sink.WriteTimestamp(SyntheticTime.ToTimestamp(Days.PickActiveSecond(user, ref random)));
            sink.EndRow();
            rows++;
        }

        return rows;
    }
}
