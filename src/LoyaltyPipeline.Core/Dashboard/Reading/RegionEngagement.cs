namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>How engaged the users of a region are, on the newest written day.</summary>
/// <param name="Region">The region; users without one are a region of their own.</param>
/// <param name="ActiveUsers">Of those the ones with an active account.</param>
/// <param name="Scored">Users who have a score.</param>
/// <param name="MeanScore">Mean score of those who have one; null where nobody has.</param>
/// <param name="MedianScore">Median score; null where nobody has one.</param>
/// <param name="ShareAbove">Share of active users at or above the upper threshold; null where there are none.</param>
/// <param name="ShareBelow">Share of active users below the lower threshold; null where there are none.</param>
/// <param name="ContactsPerUser">Calls, chats and tickets of thirty days for each user.</param>
/// <param name="Retained">Users whose last retention action kept them.</param>
/// <param name="Churned">Users whose last retention action did not.</param>
internal sealed record RegionEngagement(
    string Region, long Users, long ActiveUsers, long Scored, decimal? MeanScore, decimal? MedianScore, decimal? ShareAbove,
    decimal? ShareBelow, decimal ContactsPerUser, long Retained, long Churned);
