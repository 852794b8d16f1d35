using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>Why a record was not loaded.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Row">Which record of the file it is, from 1.</param>
/// <param name="Column">The column; null where it is no single one.</param>
internal sealed record LoadError(string Message, string Code, string File, CsvRecord Record, long Row, string? Column)
{
    /// <summary>The columns in which errors are listed.</summary>
    public static IReadOnlyList<ResultColumn> Columns { get; } =
    [
        ResultColumn.Text("ERROR"), ResultColumn.Text("FILE"), ResultColumn.Count("LINE"), ResultColumn.Count("CHARACTER"),
        ResultColumn.Count("BYTE_OFFSET"), ResultColumn.Text("CATEGORY"),
        ResultColumn.Count("CODE"), ResultColumn.Text("SQL_STATE"), ResultColumn.Text("COLUMN_NAME"), ResultColumn.Count("ROW_NUMBER"),
        ResultColumn.Count("ROW_START_LINE"), ResultColumn.Text("REJECTED_RECORD"),
    ];

    /// <summary>The error as a row of these columns.</summary>
    public object?[] ToRow() =>
    [
        Message, File, Record.Line, 1L, 0L, Column is null ? "parsing" : "conversion",
        long.Parse(Code, System.Globalization.CultureInfo.InvariantCulture), SqlState, Column, Row, Record.Line, Record.Text,
    ];

    /// <summary>Its SQLSTATE.</summary>
    public string SqlState => Code switch
    {
        "100040" or "100035" => "22007",
        "100072" => "22000",
        "100080" or "100016" => "22000",
        _ => "22018",
    };
}
