using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>How an import is to be done.</summary>
/// <param name="Mode">What happens to stored rows.</param>
/// <param name="MaxRejected">How many rows may be rejected; null for any number.</param>
/// <param name="Delimiter">What separates the values of a CSV file.</param>
/// <param name="Force">Whether guards only warn.</param>
/// <param name="PlanOnly">Whether everything but writing is done.</param>
/// <param name="LockWait">How long to wait for another run; null for not at all.</param>
public sealed record ImportOptions(
    ImportMode Mode = ImportMode.Upsert, RejectLimit? MaxRejected = null, char Delimiter = ',', bool Force = false, bool PlanOnly = false, LockWait? LockWait = null);
