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

    public object? Cell(SourceColumn column) => reader.GetString(column.Name) is not { Length: > 0 } text ? null : column.Type switch
    {
        "BIGINT" => long.Parse(text, CultureInfo.InvariantCulture),
        "INTEGER" => int.Parse(text, CultureInfo.InvariantCulture),
        "VARCHAR" => text,
        "BOOLEAN" => bool.Parse(text),
        "DATE" => Moments.Date(text),
        "TIMESTAMP" => DateTime.ParseExact(text, TimeFormats, CultureInfo.InvariantCulture),
        _ => decimal.Parse(text, CultureInfo.InvariantCulture),
    };
}
