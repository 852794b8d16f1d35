namespace LoyaltyPipeline.Core.Configuration.Notify;

/// <summary>A webhook that is told.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Format">What it is sent.</param>
/// <param name="Url">Its address; null where that is a secret.</param>
/// <param name="SecretUrl">Where its address is, where that is a secret.</param>
/// <param name="Token">Where the token is that is sent with it; null for none.</param>
public sealed record WebhookSettings(string Name, WebhookFormat Format, Uri? Url, SecretSource? SecretUrl, SecretSource? Token);
