using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace LoyaltyPipeline.Parameters;

/// <summary>
/// Takes whole numbers, and texts of them as a file has them. PowerShell itself makes 0 of an empty text, 8 of 7.5 and 1 of $true: an id
/// would become somebody else's.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WholeNumberTransformationAttribute : ArgumentTransformationAttribute
{
    // From here on not every whole number is a double.
    private const double LargestSure = 9_007_199_254_740_992;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => Transform(inputData);

    // What is no value at all is left to PowerShell, which looks for a property of it.
    private static object? Transform(object? inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        string text => long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw NoNumber(text),
        double number => number == Math.Truncate(number) && Math.Abs(number) < LargestSure ? (long)number : throw NoNumber(number),
        float number => number == MathF.Truncate(number) && MathF.Abs(number) < 16_777_216 ? (long)number : throw NoNumber(number),
        decimal number => number == decimal.Truncate(number) ? number : throw NoNumber(number),
        bool or SwitchParameter or char or Enum or DateTime => throw NoNumber(inputData),
        IList numbers => numbers.Cast<object?>().Select(number => number is null ? throw NoNumber(null) : Transform(number)).ToArray(),
        _ => inputData,
    };

    private static ArgumentTransformationMetadataException NoNumber(object? value) => new(
        string.Create(CultureInfo.InvariantCulture, $"'{value}' is no whole number."));
}
