using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Runs;

/// <summary>Where a run works.</summary>
/// <param name="Pipeline">The catalog and the settings.</param>
/// <param name="Session">The session of the run.</param>
/// <param name="Reporter">Hears of progress and warnings.</param>
internal sealed record RunContext(PipelineDefinition Pipeline, IWarehouse Warehouse, IWarehouseSession Session, IRunReporter Reporter);
