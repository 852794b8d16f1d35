using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

internal sealed class SupportChatsGenerator() : UserTableGenerator(
    "DW_B.SUPPORT_CHATS",
    "CHAT_ID", "USER_ID", "STARTED_AT", "DURATION_SECONDS", "SATISFACTION")
{
    private const int AverageHundredths = 85;

    protected override int WriteUser(in SyntheticUser user, ref SyntheticRandom random, IRowSink sink)
    {
        var rows = random.RoundHundredths(user.ScaleByLevel(AverageHundredths));
        for (var row = 0; row < rows; row++)
        {
            var duration = 30 + (random.Next(60) * random.Next(60)) / 2;
            sink.Write(NextId());
            sink.Write(user.UserId);
            sink.WriteTimestamp(SyntheticTime.ToTimestamp(Days.PickActiveSecond(user, ref random)));
            sink.Write(duration);
            if (random.Chance(350))
                sink.WriteNull();
            else
                sink.Write(Math.Clamp(5 - (duration / 500) - random.Next(2), 1, 5));
            sink.EndRow();
        }

        return rows;
    }
}
