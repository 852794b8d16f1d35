using System.Management.Automation;

namespace LoyaltyPipeline.Parameters;

/// <summary>Takes the path of a DuckDB file where a warehouse is asked for.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WarehouseTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            string { Length: > 0 } path => LoyaltyWarehouse.At(engineIntrinsics.SessionState, path),
            FileInfo file => LoyaltyWarehouse.At(engineIntrinsics.SessionState, file.FullName),
            var other => other,
        };
}
