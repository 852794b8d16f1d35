using System.Management.Automation;

namespace LoyaltyPipeline.Parameters;

/// <summary>
/// Takes only what can separate values: a quote begins one, a line end ends the row, and of the control characters only those that programs
/// separate values with are taken.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateDelimiterAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is '"' or '\r' or '\n')
            throw new ValidationMetadataException("A quote or a line end cannot separate values; give a character such as ';' or \"`t\".");
        if (arguments is char character && (char.IsSurrogate(character) || (char.IsControl(character) && !IsSeparator(character))))
            throw new ValidationMetadataException(
                $"The character U+{(int)character:X4} cannot separate values; give one such as ';' or \"`t\".");
    }

    // The tab, the first character of all as Hive writes it, and the four separators of ASCII.
    private static bool IsSeparator(char character) => character is '\t' or '\u0001' or (>= '\u001C' and <= '\u001F');
}
