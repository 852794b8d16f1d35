namespace LoyaltyPipeline.Core.Tests.Truth;

internal static class ActivityColumns
{
    public static MasterRow WithActivity(this MasterRow row, IEnumerable<UserActivityRow> activities, RunDay day)
    {
        var all = activities.ToList();
        var logins = all.FindAll(activity => activity.ActivityType == "login");
        var purchases = all.FindAll(activity => activity.ActivityType == "purchase");
        var feedback = all.FindAll(activity => activity.ActivityType == "feedback");

        return row with
        {
            LastLoginAt = logins.Max(login => login.ActivityAt),
            Logins30D = logins.Count(login => day.IsWithin30Days(login.ActivityAt)),
            LastPurchaseAt = purchases.Max(purchase => purchase.ActivityAt),
            PurchasesTotal = purchases.Count,
            PurchaseAmountTotal = purchases.Sum(purchase => purchase.Amount ?? 0m),
            Purchases30D = purchases.Count(purchase => day.IsWithin30Days(purchase.ActivityAt)),
            FeedbackCount = feedback.Count,
            AverageRating = Average.Of(feedback.Select(given => given.Rating)),
            LastActivityAt = all.Max(activity => activity.ActivityAt),
        };
    }
}
