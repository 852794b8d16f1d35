using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>How an import is to be done.</summary>
/// <param name="Mode">What happens to stored rows.</param>
/// <param name="MaxRejected">How many rows may be rejected; null for the usual limit, <see cref="RowLimit.OfImports"/>.</param>
/// <param name="Delimiter">What separates the values of a CSV file.</param>
/// <param name="Force">Whether guards only warn.</param>
/// <param name="PlanOnly">Whether everything but writing is done.</param>
/// <param name="LockWait">How long to wait for another run; null for not at all.</param>
public sealed record ImportOptions(
    ImportMode Mode = ImportMode.Upsert, RowLimit? MaxRejected = null, char Delimiter = ',', bool Force = false, bool PlanOnly = false,
    LockWait? LockWait = null)
{
    /// <summary>What stands for NULL in a CSV file, beside an empty cell and <c>\N</c>, where no quotes are around it.</summary>
    public IReadOnlyList<string> NullTokens { get; init; } = [];
}
