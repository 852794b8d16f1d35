using System.Globalization;

namespace LoyaltyPipeline.Core.Engines;

/// <summary>The run that writes a warehouse, and where it runs.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Owner">Name of the account that started it.</param>
/// <param name="Host">Machine on which it runs.</param>
/// <param name="ProcessId">Its process there.</param>
/// <param name="Since">When it took the lock (UTC).</param>
public sealed record RunHolder(string RunId, string Owner, string Host, int ProcessId, DateTime Since)
{
    /// <summary>A run of this process that takes the lock now.</summary>
    internal static RunHolder Mine(DateTime now) =>
        new(Engines.RunId.Create(now), Environment.UserName, Environment.MachineName, Environment.ProcessId, now);

    /// <summary>The holder in words.</summary>
    /// <returns>Run, owner, host, process and time.</returns>
    public override string ToString() =>
        $"run {RunId} of {Owner} on {Host}, process {ProcessId}, since {Since.ToString("u", CultureInfo.InvariantCulture)}";
}
