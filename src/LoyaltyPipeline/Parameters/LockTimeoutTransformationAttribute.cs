using System.Globalization;
using System.Management.Automation;

namespace LoyaltyPipeline.Parameters;

/// <summary>Takes a time as a number of seconds, or as <c>00:10:00</c>. Without it PowerShell would take 30 for 30 ticks.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LockTimeoutTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var text = Convert.ToString(value, CultureInfo.InvariantCulture);
        var time = value is TimeSpan given ? given
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var parsed) ? parsed
            : TimeSpan.MinValue;
        return time >= TimeSpan.Zero
            ? time
            : throw new ArgumentTransformationMetadataException($"'{value}' is no time to wait; write seconds such as 30, or 00:10:00.");
    }
}
