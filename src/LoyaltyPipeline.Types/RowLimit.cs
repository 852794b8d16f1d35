using System.Globalization;

namespace LoyaltyPipeline;

/// <summary>How many rows are too many: a number of them, or a share of what was looked at.</summary>
/// <param name="Value">The largest that is let pass: a count, or a percentage from 0 to 100.</param>
/// <param name="IsPercent">Whether it is a percentage.</param>
public readonly record struct RowLimit(decimal Value, bool IsPercent)
{
    /// <summary>
    /// Of how many rows at least a share is reckoned, wherever one is a limit: of fewer it says nothing, one of two is a half.
    /// </summary>
    public const int UsualLeastRows = 20;

    /// <summary>Lets nothing pass.</summary>
    public static RowLimit None { get; } = new(0, IsPercent: false);

    /// <summary>
    /// The limit of an import where none is given: 30 %, reckoned of 20 rows where there are fewer. A delivery of which more is unusable is
    /// not the delivery that was meant.
    /// </summary>
    public static RowLimit OfImports { get; } = new(30, IsPercent: true) { LeastRows = UsualLeastRows };

    /// <summary>Of how many rows at least a share is reckoned.</summary>
    public int LeastRows { get; private init; }

    /// <summary>Reads a limit.</summary>
    /// <param name="text">For example <c>100</c> or <c>0.5%</c>.</param>
    /// <param name="limit">The limit, if the text is one.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryParse(string text, out RowLimit limit)
    {
        var isPercent = text.EndsWith('%');
        var isNumber = decimal.TryParse(
            isPercent ? text[..^1].TrimEnd() : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        limit = new RowLimit(value, isPercent);
        return isNumber && (isPercent ? value <= 100 : decimal.IsInteger(value));
    }

    /// <summary>Whether there are more rows than are let pass.</summary>
    /// <param name="rows">How many there are.</param>
    /// <param name="total">Of how many; nothing is a share of nothing.</param>
    /// <returns>True where there are more.</returns>
    public bool IsExceeded(long rows, long total) => IsPercent ? rows * 100m > Value * Math.Max(total, LeastRows) : rows > Value;

    /// <summary>The limit as <see cref="TryParse"/> reads it, and of how many rows a share is reckoned.</summary>
    /// <returns>For example <c>0.5%</c>.</returns>
    public override string ToString() =>
        Value.ToString("0.############", CultureInfo.InvariantCulture) + (IsPercent ? "%" : string.Empty)
            + (LeastRows > 0 ? $" of at least {LeastRows} rows" : string.Empty);
}
