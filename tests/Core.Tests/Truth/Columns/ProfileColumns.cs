namespace LoyaltyPipeline.Core.Tests.Truth;

internal static class ProfileColumns
{
    public static MasterRow From(UserProfileRow profile) => new()
    {
        UserId = profile.UserId!.Value,
        Email = profile.Email,
        FullName = profile.FullName,
        Phone = profile.Phone,
        RegionCode = profile.RegionCode,
        AccountType = profile.AccountType,
        AccountStatus = profile.AccountStatus,
        MarketingConsent = profile.MarketingConsent,
        SignedUpAt = profile.SignedUpAt,
    };
}
