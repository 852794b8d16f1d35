using System.Collections.Concurrent;

namespace LoyaltyPipeline.RuntimeProbes;

/// <summary>What probes did, for tests to read when the cmdlet itself can say nothing any more.</summary>
public static class ProbeLog
{
    private static readonly ConcurrentDictionary<string, string> Entries = new(StringComparer.Ordinal);

    public static void Set(string name, string value) => Entries[name] = value;

    public static string? Get(string name) => Entries.GetValueOrDefault(name);
}
