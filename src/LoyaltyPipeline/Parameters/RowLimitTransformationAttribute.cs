using System.Globalization;
using System.Management.Automation;

namespace LoyaltyPipeline.Parameters;

/// <summary>Takes a limit as a count, <c>100</c>, or as a share of the rows, <c>0.5%</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RowLimitTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is null or RowLimit ? value
            : RowLimit.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty, out var limit) ? limit
            : throw new ArgumentTransformationMetadataException(
                $"'{value}' is no limit; write a count such as 100 or a share such as 0.5%.");
    }
}
