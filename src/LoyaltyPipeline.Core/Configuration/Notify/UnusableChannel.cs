namespace LoyaltyPipeline.Core.Configuration.Notify;

/// <summary>A channel whose settings have a fault. It is told by all of them or not at all: what is left was not meant.</summary>
/// <param name="Name">The webhook by its name, or mail.</param>
/// <param name="Reason">The faults, with their lines.</param>
internal sealed record UnusableChannel(string Name, string Reason);
