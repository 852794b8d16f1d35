namespace LoyaltyPipeline.Core.History;

/// <summary>Which changes to read.</summary>
/// <param name="Earlier">The one day.</param>
/// <param name="Later">The other.</param>
/// <param name="Columns">Names of Master columns; <c>*</c> and <c>?</c> stand for any characters and any one.</param>
/// <param name="UserIds">Of these users; empty for all.</param>
public sealed record ChangeQuery(DateOnly Earlier, DateOnly Later, IReadOnlyList<string> Columns, IReadOnlyList<long> UserIds);
