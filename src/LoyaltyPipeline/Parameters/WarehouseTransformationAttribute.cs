using System.Management.Automation;

namespace LoyaltyPipeline.Parameters;

/// <summary>
/// Takes the path of a DuckDB file where a warehouse is asked for. The cmdlet resolves it: a failure here would lose its id.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WarehouseTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            string { Length: > 0 } path => new LoyaltyWarehouse(path),
            FileInfo file => new LoyaltyWarehouse(file.FullName),
            var other => other,
        };
}
