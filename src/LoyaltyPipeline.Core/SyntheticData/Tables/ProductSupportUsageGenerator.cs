using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

internal sealed class ProductSupportUsageGenerator() : UserTableGenerator(
    "DW_B.PRODUCT_SUPPORT_USAGE",
    "USAGE_ID", "USER_ID", "CONTENT_TYPE", "CONTENT_ID", "VIEWED_AT")
{
    private const int AverageHundredths = 190;

    private static readonly string[] Articles = Enumerate("HELP", 200);
    private static readonly string[] Questions = Enumerate("FAQ", 60);

    protected override int WriteUser(in SyntheticUser user, ref SyntheticRandom random, IRowSink sink)
    {
        var rows = random.RoundHundredths(user.ScaleByLevel(AverageHundredths));
        for (var row = 0; row < rows; row++)
        {
            var isArticle = random.Chance(650);
            var contents = isArticle ? Articles : Questions;
            sink.Write(NextId());
            sink.Write(user.UserId);
            sink.Write(isArticle ? "help_article" : "faq");
            sink.Write(contents[Math.Min(random.Next(contents.Length), random.Next(contents.Length))]);
            sink.WriteTimestamp(SyntheticTime.ToTimestamp(Days.PickActiveSecond(user, ref random)));
            sink.EndRow();
        }

        return rows;
    }

    private static string[] Enumerate(string prefix, int count) =>
        [.. Enumerable.Range(1, count).Select(number => $"{prefix}-{number:000}")];
}
