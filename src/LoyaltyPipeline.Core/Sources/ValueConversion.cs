using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>
/// Turns text into typed values, in DuckDB's SQL. A text that is no value of the type gives NULL. Nothing is rounded or cut but the
/// digits of a decimal beyond its scale, which round half away from zero as on every engine. The engine's own conversion takes more than
/// that for a value (1.5 for a whole number, 0x10, 1998/06/01, infinity); the spelling is checked beside it, the usual one first because it
/// is cheap.
/// </summary>
internal static class ValueConversion
{
    // Digits beyond microseconds are cut off.
    private const string TimePattern =
        "[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9}0*)?)?( ?(UTC|Z|[+-](0[0-9]|1[0-5])(:?[0-5][0-9])?))?)?";

    private const string NumberPattern = " *[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)? *";

    private static readonly ColumnType Timestamp = new(DataType.Timestamp);

    // The largest whole number below which floats miss none.
    private const string DigitsOfDouble = "9007199254740991";
    private const string DigitsOfFloat = "16777215";

    // Spreadsheets and printf show six digits and an exponent where a number has more.
    private const int RoundedDigits = 6;

    /// <summary>SQL that yields the value of a text, or NULL.</summary>
    /// <param name="type">The type wanted.</param>
    /// <param name="text">SQL that yields the text.</param>
    public static string FromText(ColumnType type, string text) => type.DataType switch
    {
        DataType.Varchar => text,
        DataType.BigInt or DataType.Integer => WholeNumber(type, text),
        DataType.Date => Day(text),
        DataType.Timestamp => PointInTime(text),
        DataType.Decimal => DecimalNumber(type, text),
        _ => $"TRY_CAST({text} AS {type})",
    };

    /// <summary>
    /// SQL that yields why a text is no value of the type, after <c>is no</c> and its name; empty where there is nothing to say.
    /// </summary>
    /// <param name="type">The type wanted.</param>
    /// <param name="text">SQL that yields the text.</param>
    public static string WhyNot(ColumnType type, string text) => type.DataType switch
    {
        DataType.BigInt or DataType.Integer => $"""
            CASE WHEN contains({text}, '_') THEN ': digits are not set apart by underscores'
            WHEN NOT regexp_full_match({text}, '{NumberPattern}') THEN ''
            WHEN TRY_CAST({text} AS DECIMAL(38,19)) IS NULL OR TRY_CAST({text} AS {type}) IS NULL THEN ': it is out of range'
            WHEN TRY_CAST({text} AS DECIMAL(38,19)) <> TRY_CAST({text} AS {type}) THEN ': it has a fraction'
            ELSE ': whoever wrote it has rounded it, and the digits after the first are lost' END
            """,
        DataType.Decimal => $"""
            CASE WHEN contains({text}, '_') THEN ': digits are not set apart by underscores'
            WHEN regexp_full_match({text}, '{NumberPattern}') THEN ': it is out of range' ELSE '' END
            """,
        DataType.Date => $"""
            CASE WHEN {PointInTime(text)} IS NOT NULL THEN ': it has a time of day'
            WHEN {IsWrittenAsTime(text)} THEN ': there is no such day'
            ELSE ': days are written as 2026-06-30' END
            """,
        DataType.Timestamp => $"""
            CASE WHEN {IsWrittenAsTime(text)} THEN ': there is no such day or time'
            ELSE ': times are written as 2026-06-30 23:59:59.123456, with Z or an offset such as +02:00 where they are not UTC' END
            """,
        _ => "''",
    };

    /// <summary>SQL that is true where a number that was stored as a float is beyond what its digits keep apart.</summary>
    /// <param name="number">SQL that yields the number, or its text.</param>
    /// <param name="isSingle">Whether the float has 32 bits.</param>
    public static string IsBeyondFloat(string number, bool isSingle = false) =>
        $"ABS(TRY_CAST({number} AS DOUBLE)) > {(isSingle ? DigitsOfFloat : DigitsOfDouble)}";

    /// <summary>
    /// SQL that yields the text of a float: a whole number without point. Programs that know NULL in floats only keep telephone numbers as
    /// such.
    /// </summary>
    /// <param name="number">SQL that yields the float.</param>
    public static string TextOfFloat(string number) => $"""
        CASE WHEN TRY_CAST({number} AS BIGINT) = {number} AND NOT {IsBeyondFloat(number)}
            THEN CAST(TRY_CAST({number} AS BIGINT) AS VARCHAR)
        ELSE CAST({number} AS VARCHAR) END
        """;

    /// <summary>SQL that is true where the spelling of a whole number, by an exponent, has fewer digits than the number.</summary>
    /// <param name="text">SQL that yields the spelling.</param>
    public static string IsRounded(string text)
    {
        var digits = $"LENGTH(CAST(ABS(TRY_CAST({text} AS HUGEINT)) AS VARCHAR))";
        var spelled = $"LENGTH(LTRIM(regexp_replace(split_part(LOWER({text}), 'e', 1), '[^0-9]', '', 'g'), '0'))";
        return $"(contains(LOWER({text}), 'e') AND {digits} > GREATEST({RoundedDigits}, {spelled}))";
    }

    /// <summary>
    /// SQL that yields a value that has its type already, or NULL where text could not say it: 'infinity', or a year of five digits.
    /// </summary>
    /// <param name="value">SQL that yields the value.</param>
    public static string FromTyped(ColumnType type, string value) =>
        type.IsTime ? $"CASE WHEN {type.IsSayable(value)} THEN {value} END" : value;

    // The usual spelling is told by writing the value out, which is cheap. The engine would round 1.5 to 2, and takes underscores.
    // Exporters that know only floats write 5.0 and 1e3, which are whole: the decimal tells.
    private static string WholeNumber(ColumnType type, string text) => $"""
        CASE WHEN CAST(TRY_CAST({text} AS {type}) AS VARCHAR) = {text} OR regexp_full_match({text}, ' *[+-]?[0-9]+([.]0*)? *')
            THEN TRY_CAST({text} AS {type})
        WHEN regexp_full_match({text}, '{NumberPattern}') AND TRY_CAST({text} AS DECIMAL(38,19)) = TRY_CAST({text} AS {type})
            AND NOT {IsRounded(text)} THEN TRY_CAST({text} AS {type}) END
        """;

    // The engine takes underscores, and rounds a number below half of the last digit up where it is written with an exponent and begins
    // with 5 or more (duckdb/duckdb#23768): with as many digits as there are the fault is too small to matter.
    private static string DecimalNumber(ColumnType type, string text) => $"""
        CASE WHEN NOT (contains({text}, '_') OR contains({text}, 'e') OR contains({text}, 'E')) THEN TRY_CAST({text} AS {type})
        WHEN regexp_full_match({text}, '{NumberPattern}')
            THEN TRY_CAST(TRY_CAST({text} AS DECIMAL(38,{38 - type.Precision + type.Scale})) AS {type}) END
        """;

    // A time of day other than midnight would be lost.
    private static string Day(string text) => $"""
        CASE WHEN {IsUsualDay(text, $"TRY_CAST({text} AS DATE)")} THEN TRY_CAST({text} AS DATE)
        WHEN length({text}) > 10 AND {PointInTime(text)} = CAST({PointInTime(text)} AS DATE) THEN CAST({PointInTime(text)} AS DATE) END
        """;

    private static string IsUsualDay(string text, string day) => $"length({text}) = 10 AND CAST({day} AS VARCHAR) = {text}";

    // Only TIMESTAMPTZ minds an offset such as +02:00; the session's zone is UTC.
    private static string PointInTime(string text) => $"""
        CASE WHEN {IsUsualTime(text, $"TRY_CAST({text} AS TIMESTAMP)")} THEN TRY_CAST({text} AS TIMESTAMP)
        WHEN {IsWrittenAsTime(text)} THEN {FromTyped(Timestamp, $"CAST(TRY_CAST({AsEngineWrites(text)} AS TIMESTAMPTZ) AS TIMESTAMP)")} END
        """;

    private static string IsWrittenAsTime(string text) => $"regexp_full_match({text}, '{TimePattern}')";

    // The engine takes no blank before the zone, and no zone without seconds.
    private static string AsEngineWrites(string text)
    {
        var zoned = $@"regexp_replace(replace({text}, 'UTC', 'Z'), ' ([+-]|Z)', '\1')";
        return $@"regexp_replace({zoned}, '^(.{{10}}[ T][0-9]{{2}}:[0-9]{{2}})([+-]|Z)', '\1:00\2')";
    }

    private static string IsUsualTime(string text, string time) => $"""
        ({text} LIKE '____-__-__ __:__:__' OR {text} LIKE '____-__-__T__:__:__' OR {text} LIKE '____-__-__')
            AND {Timestamp.IsSayable(time)}
        """;
}
