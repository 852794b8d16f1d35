using LoyaltyPipeline.Core.Delivery.Planning;

namespace LoyaltyPipeline.Core.Delivery.Verification;

/// <summary>What a file was found to hold.</summary>
/// <param name="Unordered">Rows whose user does not come after that of the row before.</param>
/// <param name="FirstUser">The smallest user.</param>
/// <param name="LastUser">The largest user.</param>
/// <param name="Changes">Rows of a Diff by what became of the user.</param>
internal sealed record FileContent(long Rows, long Unordered, long FirstUser, long LastUser, DeliveryChanges Changes);
