using System.Globalization;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Hashing;

namespace LoyaltyPipeline.Core.Delivery;

/// <summary>Names deliveries after what is in them: the same delivery again has the same id.</summary>
internal static class DeliveryId
{
    private const int Digits = 20;

    // As many as surely fit into a positive 64-bit number.
    private const int FeedDigits = 15;

    /// <summary>The id of a delivery.</summary>
    /// <param name="mergeRunId">The run that wrote the day.</param>
    /// <param name="form">How rows are written.</param>
    /// <param name="mode">What of the audience is sent.</param>
    /// <param name="users">Who is sent: a user suppressed since makes it another delivery.</param>
    /// <param name="baseId">For a Diff the delivery it is to be added to.</param>
    public static string Create(string mergeRunId, DeliveryForm form, DeliveryMode mode, DeliveryUsers users, string? baseId) =>
        Hash($"{mergeRunId}\n{form.Sha256}\n{mode}\n{users.Audience}\n{users.Digest}\n{baseId}");

    /// <summary>Stands for consumer, segment and destination together. A number, because it is kept with each user who was sent.</summary>
    public static long OfFeed(string consumer, string segment, string destination) =>
        long.Parse(
            TextHash.Sha256($"{consumer}\n{segment}\n{destination}").AsSpan(0, FeedDigits), NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture);

    private static string Hash(string text) => TextHash.Sha256(text)[..Digits];
}
