using System.Globalization;

namespace LoyaltyPipeline;

/// <summary>How many rows of an import may be rejected.</summary>
/// <param name="Amount">A count, or a percentage of the rows read.</param>
/// <param name="IsPercent">Whether the amount is a percentage.</param>
public readonly record struct RejectLimit(decimal Amount, bool IsPercent)
{
    /// <summary>Of how many rows at least a share is reckoned, here and wherever one is a limit: of fewer it says nothing, one of two is a half.</summary>
    public const int UsualLeastRows = 20;

    /// <summary>The limit where none is given: 30 %, reckoned of 20 rows where there are fewer. A delivery of which more is unusable is not the delivery that was meant.</summary>
    public static RejectLimit Usual { get; } = new(30, IsPercent: true) { LeastRows = UsualLeastRows };

    /// <summary>Of how many rows at least a share is reckoned.</summary>
    public int LeastRows { get; private init; }

    /// <summary>Reads a limit.</summary>
    /// <param name="text">For example <c>100</c> or <c>0.5%</c>.</param>
    /// <param name="limit">The limit, if the text is one.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryParse(string text, out RejectLimit limit)
    {
        var percent = text.EndsWith('%');
        var digits = percent ? text[..^1].TrimEnd() : text;
        var ok = decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && (percent ? amount <= 100 : decimal.IsInteger(amount));
        limit = new RejectLimit(amount, percent);
        return ok;
    }

    /// <summary>Whether a number of rejected rows is too many.</summary>
    /// <param name="rejected">Rows rejected.</param>
    /// <param name="read">Rows read.</param>
    /// <returns>True beyond the limit.</returns>
    public bool IsExceeded(long rejected, long read) => IsPercent ? rejected * 100m > Amount * Math.Max(read, LeastRows) : rejected > Amount;

    /// <inheritdoc/>
    public override string ToString() => Amount.ToString(CultureInfo.InvariantCulture) + (IsPercent ? "%" : string.Empty) + (LeastRows > 0 ? $" of at least {LeastRows} rows" : string.Empty);
}
