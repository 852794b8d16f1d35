using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.SyntheticData.Declared;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

/// <summary>A fresh generator for each table.</summary>
internal static class TableGenerators
{
    /// <summary>The largest tables come first, so that no thread is left with one at the end.</summary>
    private static readonly IReadOnlyList<(string Name, Func<TableGenerator> Create)> LargestFirst =
    [
        Of<UserActivityGenerator>(), Of<UserProfileGenerator>(), Of<EngagementScoreGenerator>(), Of<FeatureAdoptionGenerator>(),
        Of<ProductSupportUsageGenerator>(), Of<RepeatEngagementsGenerator>(), Of<SupportCallsGenerator>(), Of<SupportChatsGenerator>(),
        Of<IssueTicketsGenerator>(), Of<ServiceRequestsGenerator>(), Of<RetentionActionGenerator>(), Of<RegionMetadataGenerator>(),
        Of<RegionThresholdsGenerator>(),
    ];

    public static IReadOnlyList<(CatalogTable Table, TableGenerator Generator)> CreateLargestFirst(
        IReadOnlyList<CatalogTable> tables, ReferencedValues references) =>
        [.. tables.OrderBy(Place).Select(table => (table, Create(table, references)))];

    /// <summary>That of the table, or else one that goes by what is declared.</summary>
    public static TableGenerator Create(CatalogTable table, ReferencedValues references)
    {
        if (Place(table) is var place && place < LargestFirst.Count)
            return LargestFirst[place].Create();
        var shape = new DeclaredShape(table);
        return shape.IsOfUsers
            ? new DeclaredUserTableGenerator(shape, references.Within(table))
            : new DeclaredListGenerator(shape, references.Within(table));
    }

    private static int Place(CatalogTable table) => LargestFirst
        .Index()
        .Where(entry => entry.Item.Name.Equals(table.Name.ToString(), StringComparison.Ordinal))
        .Select(entry => entry.Index)
        .FirstOrDefault(LargestFirst.Count);

    private static (string Name, Func<TableGenerator> Create) Of<TGenerator>()
        where TGenerator : TableGenerator, new() =>
        (new TGenerator().Name, () => new TGenerator());
}
