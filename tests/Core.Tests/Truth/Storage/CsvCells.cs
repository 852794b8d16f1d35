using System.Globalization;
using CsvHelper;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>The cells of a CSV reader's current record by header name; an empty cell is null.</summary>
internal sealed class CsvCells(CsvReader reader)
{
    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFF'Z'", "yyyy-MM-dd",
    ];

    public string? Text(string column) => reader.GetString(column) is { Length: > 0 } text ? text : null;

    public long? Long(string column) => Text(column) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    public int? Integer(string column) => Text(column) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public decimal? Decimal(string column) => Text(column) is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;

    public bool? Boolean(string column) => Text(column) is { } text ? bool.Parse(text) : null;

    public DateOnly? Date(string column) => Text(column) is { } text ? Moments.Date(text) : null;

    public DateTime? Time(string column) =>
        Text(column) is { } text ? DateTime.ParseExact(text, TimeFormats, CultureInfo.InvariantCulture) : null;
}
