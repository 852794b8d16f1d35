using LoyaltyPipeline.Core.Tests.Answers;
using LoyaltyPipeline.Core.Tests.Catalog.Lineage;
using LoyaltyPipeline.Core.Tests.Conformance;
using LoyaltyPipeline.Core.Tests.Conformance.Grammar;
using LoyaltyPipeline.Core.Tests.Crashes;
using LoyaltyPipeline.Core.Tests.Dashboard;
using LoyaltyPipeline.Core.Tests.Delivery;
using LoyaltyPipeline.Core.Tests.Delivery.S3;
using LoyaltyPipeline.Core.Tests.History;
using LoyaltyPipeline.Core.Tests.Integrity;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Publication;
using LoyaltyPipeline.Core.Tests.Sources;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using LoyaltyPipeline.Core.Tests.Undoing;
using LoyaltyPipeline.Core.Tests.Views;
using LoyaltyPipeline.TestSupport;
using Xunit;

[assembly: TestCollectionOrderer(typeof(LoyaltyPipeline.Core.Tests.Support.LongestTests))]

namespace LoyaltyPipeline.Core.Tests.Support;

/// <summary>The classes that take longest. Those of S3 are first of all: they begin with waiting for its server.</summary>
public sealed class LongestTests() : LongestFirst(
    typeof(S3FaultTests), typeof(KillTests), typeof(S3KillTests), typeof(FullDiskTests), typeof(LineageTests), typeof(JsonLinesTests),
    typeof(CleanSampleStoryTests), typeof(PlantedFaultTests), typeof(PipelineConformanceTests), typeof(PipelineDashboardTests),
    typeof(StagedDeliveryTests), typeof(GrammarTests), typeof(QueryReaderTests), typeof(UndoTests), typeof(ReplayTests),
    typeof(InterruptedDeliveryTests), typeof(ErasureConformanceTests), typeof(ReversibilityTests), typeof(MasterTruthTests),
    typeof(S3DeliveryTests), typeof(RoundTripTests), typeof(DiffTests), typeof(StoredOrderTests), typeof(WarehouseContractTests),
    typeof(ViewTruthTests), typeof(HistoryModelTests), typeof(MergeGuardTests), typeof(MergeHistoryTests));
