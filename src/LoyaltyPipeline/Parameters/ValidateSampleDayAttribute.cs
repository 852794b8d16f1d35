using System.Globalization;
using System.Management.Automation;
using LoyaltyPipeline.Core.SyntheticData;

namespace LoyaltyPipeline.Parameters;

/// <summary>Takes only days on which a sample can end.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateSampleDayAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is DateOnly { Year: < SyntheticDataOptions.FirstYear or > SyntheticDataOptions.LastYear } day)
            throw new ValidationMetadataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The last day of a sample lies between {SyntheticDataOptions.FirstYear} and {SyntheticDataOptions.LastYear}, not on {day:yyyy-MM-dd}."));
    }
}
