using System.Globalization;

namespace LoyaltyPipeline.Core.Configuration.Integrity;

/// <summary>How many violations are too many: a number of them, or a share of what was checked.</summary>
/// <param name="Value">The largest that is let pass: a count, or a percentage from 0 to 100.</param>
/// <param name="IsPercent">Whether it is a percentage.</param>
public readonly record struct CheckLimit(decimal Value, bool IsPercent)
{
    /// <summary>Lets nothing pass.</summary>
    public static CheckLimit None { get; } = new(0, IsPercent: false);

    /// <summary>Reads a limit.</summary>
    /// <param name="text">For example <c>10</c> or <c>0.5%</c>.</param>
    /// <param name="limit">The limit, if the text is one.</param>
    /// <returns>Whether the text is a limit.</returns>
    public static bool TryParse(string text, out CheckLimit limit)
    {
        var isPercent = text.EndsWith('%');
        var isNumber = decimal.TryParse(isPercent ? text[..^1].TrimEnd() : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        limit = new CheckLimit(value, isPercent);
        return isNumber && (isPercent ? value <= 100 : value == decimal.Truncate(value));
    }

    /// <summary>Whether there are more violations than are let pass.</summary>
    /// <param name="violations">How many there are.</param>
    /// <param name="total">Of how many; nothing is a share of nothing.</param>
    /// <returns>True where there are more.</returns>
    public bool IsExceeded(long violations, long total) => IsPercent ? violations * 100m > Value * total : violations > Value;

    /// <summary>The limit as <see cref="TryParse"/> reads it.</summary>
    /// <returns>For example <c>0.5%</c>.</returns>
    public override string ToString() => Value.ToString("0.####", CultureInfo.InvariantCulture) + (IsPercent ? "%" : string.Empty);
}
