using System.Management.Automation;

namespace LoyaltyPipeline.Parameters;

/// <summary>Takes a segment as Master calls it too, <c>Highly Engaged</c>: what one cmdlet emits another takes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SegmentTransformationAttribute : NamesTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            string text when SegmentNames.TryParse(text, out var segment) => segment,
            // PowerShell would make nothing of it, and nothing stands for all users.
            string text when string.IsNullOrWhiteSpace(text) =>
                throw new ArgumentTransformationMetadataException(
                    "A segment without a name is none; leave the parameter out for all of them."),
            // What is no segment at all is left to PowerShell, which says what could have been written.
            _ => base.Transform(engineIntrinsics, inputData),
        };
}
