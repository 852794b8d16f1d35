namespace LoyaltyPipeline.Core.Tests.History;

/// <summary>A version of a user: what Master said from a day until the day before another.</summary>
internal sealed record ModelVersion(ModelRow Row, int From, int? To);
