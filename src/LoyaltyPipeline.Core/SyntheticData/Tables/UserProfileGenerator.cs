using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

internal sealed class UserProfileGenerator() : UserTableGenerator(
    "DW_A.USER_PROFILE",
    "USER_ID", "EMAIL", "FULL_NAME", "PHONE", "REGION_CODE", "ACCOUNT_TYPE", "ACCOUNT_STATUS", "MARKETING_CONSENT", "SIGNED_UP_AT",
    "UPDATED_AT")
{
    private const int SecondsUntilConfirmed = 31;

    protected override int WriteUser(in SyntheticUser user, ref SyntheticRandom random, IRowSink sink)
    {
        var person = SyntheticPerson.Pick(ref random);
        sink.Write(user.UserId);
        WriteOrNull(sink, random.Chance(12) ? null : person.Email(user.UserId));
        WriteOrNull(sink, random.Chance(8) ? null : person.FullName);
        WriteOrNull(sink, random.Chance(100) ? null : SyntheticPerson.PickPhone(ref random));
        WriteOrNull(sink, RegionCode(user.Region));
        sink.Write(PickAccountType(user, ref random));
        sink.Write(PickAccountStatus(user, ref random));
        sink.Write(random.Chance(640));
        sink.WriteTimestamp(SyntheticTime.ToTimestamp(user.SignedUpAt));
        sink.WriteTimestamp(SyntheticTime.ToTimestamp(PickUpdate(user, ref random)));
        sink.EndRow();
        return 1;
    }

    private static string? RegionCode(int region) => region switch
    {
        SyntheticRegions.NoRegion => null,
        SyntheticRegions.UnknownRegion => SyntheticRegions.UnknownRegionCode,
        _ => SyntheticRegions.All[region].Code,
    };

    private static string PickAccountType(in SyntheticUser user, ref SyntheticRandom random)
    {
        var rank = (user.Level / 1000) + random.Between(-200, 200);
        return rank > 900 ? "premium" : rank > 650 ? "plus" : "standard";
    }

    private static string PickAccountStatus(in SyntheticUser user, ref SyntheticRandom random)
    {
        if (user.HasLapsed && random.Chance(250))
            return "closed";
        return random.Chance(15) ? "suspended" : "active";
    }

    private long PickUpdate(in SyntheticUser user, ref SyntheticRandom random) => random.Chance(500)
        ? user.SignedUpAt + SecondsUntilConfirmed + random.Next(600)
        : Days.PickSecond(user, ref random);

    private static void WriteOrNull(IRowSink sink, string? value)
    {
        if (value is null)
            sink.WriteNull();
        else
            sink.Write(value);
    }
}
