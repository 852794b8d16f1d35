using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>A column as it is delivered.</summary>
/// <param name="Type">Its type, as the catalog writes types.</param>
/// <param name="Redaction">What becomes of it.</param>
/// <param name="Description">What it holds.</param>
/// <param name="Value">SQL of the delivered value.</param>
/// <param name="Identity">SQL of something that is equal for two values just where the delivered ones are.</param>
internal sealed record DeliveryColumn(
    string Name, string Type, RedactionMethod Redaction, string Description, string Value, string Identity);
