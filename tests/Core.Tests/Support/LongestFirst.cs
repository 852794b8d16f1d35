using LoyaltyPipeline.Core.Tests.Conformance;
using LoyaltyPipeline.Core.Tests.Conformance.Grammar;
using LoyaltyPipeline.Core.Tests.Crashes;
using LoyaltyPipeline.Core.Tests.Delivery;
using LoyaltyPipeline.Core.Tests.Delivery.S3;
using LoyaltyPipeline.Core.Tests.History;
using LoyaltyPipeline.Core.Tests.Integrity;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Sources;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using LoyaltyPipeline.Core.Tests.Views;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LoyaltyPipeline.Core.Tests.Support.LongestFirst))]

namespace LoyaltyPipeline.Core.Tests.Support;

/// <summary>
/// Begins with the classes that take longest: one that begins last would run alone at the end, with the other cores idle.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // Those of S3 first of all: they begin with waiting for its server.
    private static readonly string[] Classes =
    [
        .. new[]
        {
            typeof(S3FaultTests), typeof(KillTests), typeof(S3KillTests), typeof(FullDiskTests), typeof(CleanSampleStoryTests),
            typeof(PlantedFaultTests), typeof(ReplayTests), typeof(InterruptedDeliveryTests),
            typeof(MasterTruthTests), typeof(S3DeliveryTests), typeof(RoundTripTests), typeof(DiffTests), typeof(StoredOrderTests),
            typeof(PipelineConformanceTests), typeof(WarehouseContractTests), typeof(GrammarTests),
            typeof(ViewTruthTests), typeof(HistoryModelTests), typeof(MergeGuardTests), typeof(MergeHistoryTests),
        }.Select(type => type.FullName!),
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
            [.. DefaultTestCollectionOrderer.Instance.OrderTestCollections(testCollections).OrderBy(PlaceOf)];

    // A class is a collection, which is named after it.
    private static int PlaceOf<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection =>
        Array.FindIndex(Classes, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) is var place
            and >= 0 ? place : Classes.Length;
}
