using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Segments;

namespace LoyaltyPipeline.Core.Delivery.Consumers;

/// <summary>Finds consumers.</summary>
public static class ConsumerList
{
    /// <summary>Finds a consumer, or makes one that is configured nowhere.</summary>
    /// <param name="consumers">Those that are known, by name.</param>
    /// <param name="name">The name; null for <see cref="Consumer.AdHoc"/>.</param>
    /// <param name="segment">The segment of one that is not known; null where it must be known.</param>
    /// <returns>The consumer.</returns>
    /// <exception cref="LoyaltyException"><c>ConsumerUnknown</c>.</exception>
    public static Consumer Find(this IReadOnlyDictionary<string, Consumer> consumers, string? name, EngagementSegment? segment)
    {
        if (name is not null && consumers.TryGetValue(name, out var known))
            return known;
        if (segment is null)
            throw LoyaltyErrors.ConsumerUnknown.Because(name is null ? "Neither a consumer nor a segment was named." : $"There is no consumer {name}; there are {string.Join(", ", consumers.Keys)}.", name);
        if (name is not null && !ConsumerName.IsValid(name))
            throw LoyaltyErrors.ConsumerUnknown.Because($"'{name}' is no name for a consumer.", name, "Write letters, digits, - and _.");
        return new Consumer { Name = name ?? Consumer.AdHoc, Segment = segment.Value };
    }

    /// <summary>Warns of a name that was never delivered to and that no consumer has: it may be mistyped.</summary>
    /// <param name="consumers">Those that are known, by name.</param>
    /// <param name="name">The name.</param>
    /// <param name="reporter">Hears of it.</param>
    public static void WarnOfUnknown(this IReadOnlyDictionary<string, Consumer> consumers, string name, IRunReporter reporter)
    {
        if (!consumers.ContainsKey(name))
            reporter.Warning($"Nothing was ever delivered to {name}, and no consumer of that name is configured; there are {string.Join(", ", consumers.Keys)}.");
    }
}
