using System.Runtime.CompilerServices;

namespace LoyaltyPipeline.Steps;

/// <summary>
/// What the next step of a pipeline has to know of an object beside what the object says: which step emitted it, and of what. It belongs to
/// the object, through variables and cmdlets that hand it on, and goes with it.
/// </summary>
/// <param name="Step">The step.</param>
/// <param name="Warehouse">The warehouse that was named to it; null where it worked on the session's own.</param>
/// <param name="Location">Where the warehouse is that it worked on; null where that is not known.</param>
/// <param name="Config">The full path of the configuration that was named to it; null where none was.</param>
/// <param name="IsPlan">Whether nothing was written.</param>
internal sealed record StepOutput(StepProgress Step, LoyaltyWarehouse? Warehouse, string? Location, string? Config, bool IsPlan)
{
    private static readonly ConditionalWeakTable<object, StepOutput> Outputs = [];

    /// <summary>What is known of an object; null of one that no step emitted.</summary>
    /// <param name="value">The object.</param>
    public static StepOutput? Of(object value) => Outputs.TryGetValue(value, out var output) ? output : null;

    /// <summary>Keeps this of an object.</summary>
    /// <param name="value">The object that is emitted.</param>
    public void KeepOf(object value) => Outputs.AddOrUpdate(value, this);
}
