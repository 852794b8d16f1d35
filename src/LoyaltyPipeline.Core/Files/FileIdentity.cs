namespace LoyaltyPipeline.Core.Files;

/// <summary>What a file is, whatever it is called: two files of a machine never have the same at the same time.</summary>
/// <param name="Device">The device that it lies on.</param>
/// <param name="Number">Its number there.</param>
internal sealed record FileIdentity(ulong Device, ulong Number);
