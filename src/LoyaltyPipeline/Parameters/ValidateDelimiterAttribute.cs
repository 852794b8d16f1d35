using System.Management.Automation;

namespace LoyaltyPipeline.Parameters;

/// <summary>Takes only what can separate values: a quote begins one, and a line end ends the row.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateDelimiterAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is '"' or '\r' or '\n')
            throw new ValidationMetadataException("A quote or a line end cannot separate values; give a character such as ';' or \"`t\".");
    }
}
