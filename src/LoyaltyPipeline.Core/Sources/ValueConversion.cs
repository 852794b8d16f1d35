using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>
/// Turns text into typed values, in DuckDB's SQL. A text that is no value of the type gives NULL. Nothing is rounded or cut but the
/// digits of a decimal beyond its scale, which round half away from zero as on every engine. The engine's own conversion takes more than
/// that for a value (1.5 for a whole number, 0x10, 1998/06/01, infinity); the spelling is checked beside it, the usual one first because it is cheap.
/// </summary>
internal static class ValueConversion
{
    // Beyond microseconds only zeros: other digits would be lost.
    private const string TimePattern =
        "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6}0*)?( ?UTC|Z|[+-](0[0-9]|1[0-5])(:?[0-5][0-9])?)?)?";

    // The engine's years go beyond 1 to 9999.
    private const string FirstTime = "TIMESTAMP '0001-01-01 00:00:00'";
    private const string LastTime = "TIMESTAMP '9999-12-31 23:59:59.999999'";

    // A double keeps any 15 digits.
    private const string DigitsOfDouble = "999999999999999";

    /// <summary>SQL that yields the value of a text, or NULL.</summary>
    /// <param name="type">The type wanted.</param>
    /// <param name="text">SQL that yields the text.</param>
    public static string FromText(ColumnType type, string text) => type.DataType switch
    {
        DataType.Varchar => text,
        DataType.BigInt or DataType.Integer => WholeNumber(type, text),
        DataType.Date => Day(text),
        DataType.Timestamp => PointInTime(text),
        _ => $"TRY_CAST({text} AS {type})",
    };

    /// <summary>SQL that yields a value that has its type already, or NULL where text could not say it: 'infinity', or a year of five digits.</summary>
    /// <param name="type">The type.</param>
    /// <param name="value">SQL that yields the value.</param>
    public static string FromTyped(ColumnType type, string value) => type.DataType switch
    {
        DataType.Date => $"CASE WHEN {value} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN {value} END",
        DataType.Timestamp => $"CASE WHEN {value} BETWEEN {FirstTime} AND {LastTime} THEN {value} END",
        _ => value,
    };

    /// <summary>
    /// The type as which the engine reads a column fastest without losing what <see cref="FromText"/> would see. A whole number is read as a
    /// double, for the engine takes 1.5 for one and would not tell.
    /// </summary>
    /// <param name="type">The type wanted.</param>
    public static string QuickType(ColumnType type) => type.DataType switch
    {
        DataType.BigInt or DataType.Integer => "DOUBLE",
        DataType.Decimal => type.ToString(),
        _ => "VARCHAR",
    };

    /// <summary>SQL that yields the value of a cell that was read as its <see cref="QuickType"/>. It is to be trusted only where <see cref="IsQuick"/> is true.</summary>
    /// <param name="type">The type wanted.</param>
    /// <param name="cell">SQL that yields the cell.</param>
    public static string FromQuick(ColumnType type, string cell) =>
        type.DataType == DataType.Varchar || QuickType(type) == type.ToString() ? cell : $"TRY_CAST({cell} AS {type})";

    /// <summary>SQL that is true where the value of <see cref="FromQuick"/> is the one that <see cref="FromText"/> gives; it may be false or NULL for unusual spellings.</summary>
    /// <param name="type">The type wanted.</param>
    /// <param name="cell">SQL that yields the cell.</param>
    /// <param name="value">SQL that yields the value.</param>
    public static string IsQuick(ColumnType type, string cell, string value) => type.DataType switch
    {
        DataType.BigInt or DataType.Integer => IsWhole(cell, value),
        DataType.Date => IsUsualDay(cell, value),
        DataType.Timestamp => IsUsualTime(cell, value),
        _ => $"{value} IS NOT NULL",
    };

    // The engine would round 1.5 to 2. Exporters that know only floats write 5.0 and 1e3, which are whole: a double tells, for as many
    // digits as it keeps. Beyond them the pattern admits no more digits than the decimal holds, so that comparing with it is exact.
    private static string WholeNumber(ColumnType type, string text) => $"""
        CASE WHEN CAST(TRY_CAST({text} AS {type}) AS VARCHAR) = {text} OR regexp_full_match({text}, ' *[+-]?[0-9]+([.]0*)? *') THEN TRY_CAST({text} AS {type})
        WHEN {IsWhole($"TRY_CAST({text} AS DOUBLE)", $"TRY_CAST({text} AS {type})")} THEN TRY_CAST({text} AS {type})
        WHEN regexp_full_match({text}, ' *[+-]?[0-9]+([.][0-9]{"{0,19}"})?[eE][+]?[0-9]+ *')
            AND TRY_CAST({text} AS DECIMAL(38,19)) = TRY_CAST({text} AS {type}) THEN TRY_CAST({text} AS {type}) END
        """;

    private static string IsWhole(string number, string whole) => $"{number} = {whole} AND {whole} BETWEEN -{DigitsOfDouble} AND {DigitsOfDouble}";

    // A time of day other than midnight would be lost.
    private static string Day(string text) => $"""
        CASE WHEN {IsUsualDay(text, $"TRY_CAST({text} AS DATE)")} THEN TRY_CAST({text} AS DATE)
        WHEN length({text}) > 10 AND {PointInTime(text)} = CAST({PointInTime(text)} AS DATE) THEN CAST({PointInTime(text)} AS DATE) END
        """;

    private static string IsUsualDay(string text, string day) => $"length({text}) = 10 AND CAST({day} AS VARCHAR) = {text}";

    // Only TIMESTAMPTZ minds an offset such as +02:00; the session's zone is UTC.
    private static string PointInTime(string text) => $"""
        CASE WHEN {IsUsualTime(text, $"TRY_CAST({text} AS TIMESTAMP)")} THEN TRY_CAST({text} AS TIMESTAMP)
        WHEN regexp_full_match({text}, '{TimePattern}') THEN {FromTyped(new ColumnType(DataType.Timestamp), $"CAST(TRY_CAST({text} AS TIMESTAMPTZ) AS TIMESTAMP)")} END
        """;

    private static string IsUsualTime(string text, string time) =>
        $"({text} LIKE '____-__-__ __:__:__' OR {text} LIKE '____-__-__T__:__:__' OR {text} LIKE '____-__-__') AND {time} BETWEEN {FirstTime} AND {LastTime}";
}
