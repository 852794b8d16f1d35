using System.Globalization;
using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Catalog;

/// <summary>The declared type of a column.</summary>
/// <param name="DataType">The type.</param>
/// <param name="Precision">Digits in all, for <see cref="DataType.Decimal"/>; else 0.</param>
/// <param name="Scale">Digits after the point, for <see cref="DataType.Decimal"/>; else 0.</param>
public sealed partial record ColumnType(DataType DataType, int Precision = 0, int Scale = 0)
{
    private const int MaximumPrecision = 38;

    /// <summary>Whether the type has a sign and digits.</summary>
    public bool IsNumeric => DataType is DataType.BigInt or DataType.Integer or DataType.Decimal;

    /// <summary>Whether its values are whole numbers.</summary>
    public bool IsWhole => DataType is DataType.BigInt or DataType.Integer;

    /// <summary>Whether its values are days or points in time.</summary>
    public bool IsTime => DataType is DataType.Date or DataType.Timestamp;

    private string FirstTime => DataType == DataType.Date ? "DATE '0001-01-01'" : "TIMESTAMP '0001-01-01 00:00:00'";

    private string LastTime => DataType == DataType.Date ? "DATE '9999-12-31'" : "TIMESTAMP '9999-12-31 23:59:59.999999'";

    /// <summary>
    /// SQL that is true for a value of a type of days or times that a calendar has: engines go beyond the years 1 to 9999.
    /// </summary>
    /// <param name="value">SQL that yields the value.</param>
    internal string IsSayable(string value) => $"{value} BETWEEN {FirstTime} AND {LastTime}";

    /// <summary>Reads a type as the catalog writes it.</summary>
    /// <param name="text">For example <c>BIGINT</c> or <c>DECIMAL(12,2)</c>.</param>
    /// <param name="type">The type, if the text is one.</param>
    /// <returns>Whether the text is a type.</returns>
    public static bool TryParse(string text, out ColumnType type)
    {
        var match = DecimalPattern().Match(text);
        if (match.Success)
        {
            var precision = int.Parse(match.Groups["precision"].ValueSpan, CultureInfo.InvariantCulture);
            var scale = int.Parse(match.Groups["scale"].ValueSpan, CultureInfo.InvariantCulture);
            type = new ColumnType(DataType.Decimal, precision, scale);
            return precision is > 0 and <= MaximumPrecision && scale <= precision;
        }

        type = new ColumnType(DataType.Varchar);
        foreach (var candidate in Enum.GetValues<DataType>())
        {
            if (candidate == DataType.Decimal || !string.Equals(text, candidate.ToString(), StringComparison.OrdinalIgnoreCase))
                continue;
            type = new ColumnType(candidate);
            return true;
        }

        return false;
    }

    /// <summary>The type as the catalog writes it, for example <c>DECIMAL(12,2)</c>.</summary>
    public override string ToString() => DataType == DataType.Decimal
        ? $"DECIMAL({Precision},{Scale})"
        : DataType.ToString().ToUpperInvariant();

    [GeneratedRegex(
        @"^DECIMAL\((?<precision>[0-9]{1,2}),(?<scale>[0-9]{1,2})\)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex DecimalPattern();
}
