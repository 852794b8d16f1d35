using LoyaltyPipeline.Core.Tests.Catalog;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

/// <summary>The source tables as the design describes them, and not as the generator does.</summary>
internal static class SourceSpec
{
    public static IReadOnlyList<SourceTable> Tables { get; } = [.. DesignText.SourceTables.Select(SourceTable.Parse)];
}
