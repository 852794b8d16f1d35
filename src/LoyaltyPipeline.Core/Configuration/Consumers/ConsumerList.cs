using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Configuration.Consumers;

/// <summary>Finds consumers.</summary>
public static class ConsumerList
{
    /// <summary>Finds a consumer, or makes one that is configured nowhere.</summary>
    /// <param name="consumers">Those that are known, by name.</param>
    /// <param name="name">The name; null for <see cref="Consumer.AdHoc"/>.</param>
    /// <param name="segment">The segment of one that is not known; null where it must be known.</param>
    /// <exception cref="LoyaltyException"><c>ConsumerUnknown</c>.</exception>
    public static Consumer Find(this IReadOnlyDictionary<string, Consumer> consumers, string? name, EngagementSegment? segment)
    {
        if (name is not null && consumers.TryGetValue(name, out var known))
            return known;
        if (segment is null)
            throw name is null
                ? LoyaltyErrors.ConsumerUnknown.Because("Neither a consumer nor a segment was named.")
                : Unknown(consumers, name);
        if (name is not null && ConsumerName.ProblemOf(name) is { } problem)
            throw LoyaltyErrors.ConsumerUnknown.Because($"{problem}.", name, "Give another name, or that of a consumer of pipeline.yml.");
        return new Consumer { Name = name ?? Consumer.AdHoc, Segment = segment.Value };
    }

    /// <summary>The error of a name that no consumer has.</summary>
    /// <param name="consumers">Those that are known, by name.</param>
    /// <returns><c>ConsumerUnknown</c>, with the name as its target.</returns>
    public static LoyaltyException Unknown(IReadOnlyDictionary<string, Consumer> consumers, string name) =>
        LoyaltyErrors.ConsumerUnknown.Because($"There is no consumer {name}; there are {string.Join(", ", consumers.Keys)}.", name);

    /// <summary>What a name stands for: itself, or the consumers that a pattern finds.</summary>
    /// <param name="consumers">Those that are known, by name.</param>
    /// <param name="name">A name, or a pattern with <c>*</c> and <c>?</c>.</param>
    /// <param name="hasDestination">Whether there is one for those that are configured without.</param>
    /// <returns>The names; of a pattern those of consumers that have somewhere to be delivered to.</returns>
    public static IReadOnlyList<string> Expand(this IReadOnlyDictionary<string, Consumer> consumers, string name, bool hasDestination) =>
        !NameMatch.IsPattern(name)
            ? [name]
            : NameMatch.Of(
                [name],
                [.. consumers.Values.Where(consumer => hasDestination || consumer.Destination is not null)
                    .Select(consumer => consumer.Name)]).Found;
}
