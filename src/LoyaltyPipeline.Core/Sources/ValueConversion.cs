using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>
/// Turns text into typed values, in DuckDB's SQL. A text that is no value of the type gives NULL. Nothing is rounded or cut but the
/// digits of a decimal beyond its scale, which round half away from zero as on every engine. The engine's own conversion takes more than
/// that for a value (0x10, 1_000, 1998/06/01, infinity); the spelling is checked beside it, the usual one first because it is cheap.
/// </summary>
internal static class ValueConversion
{
    // Beyond microseconds only zeros: other digits would be lost.
    private const string TimePattern =
        "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6}0*)?( ?UTC|Z|[+-](0[0-9]|1[0-5])(:?[0-5][0-9])?)?)?";

    /// <summary>SQL that yields the value of a text, or NULL.</summary>
    /// <param name="type">The type wanted.</param>
    /// <param name="text">SQL that yields the text.</param>
    public static string FromText(ColumnType type, string text) => type.DataType switch
    {
        DataType.Varchar => text,
        DataType.BigInt or DataType.Integer => WholeNumber(type, text),
        DataType.Decimal => $"CASE WHEN NOT contains({text}, '_') THEN TRY_CAST({text} AS {type}) END",
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
        DataType.Timestamp => $"CASE WHEN {value} BETWEEN TIMESTAMP '0001-01-01 00:00:00' AND TIMESTAMP '9999-12-31 23:59:59.999999' THEN {value} END",
        _ => value,
    };

    // The engine would round 1.5 to 2. Exporters that know only floats write 5.0 and 1e3, which are whole. The pattern admits no more
    // digits than the decimal holds, so that comparing with it is exact.
    private static string WholeNumber(ColumnType type, string text) => $"""
        CASE WHEN CAST(TRY_CAST({text} AS {type}) AS VARCHAR) = {text} OR regexp_full_match({text}, ' *[+-]?[0-9]+([.]0*)? *') THEN TRY_CAST({text} AS {type})
        WHEN regexp_full_match({text}, ' *[+-]?[0-9]+([.][0-9]{"{0,19}"})?[eE][+]?[0-9]+ *')
            AND TRY_CAST({text} AS DECIMAL(38,19)) = TRY_CAST({text} AS {type}) THEN TRY_CAST({text} AS {type}) END
        """;

    // A time of day other than midnight would be lost.
    private static string Day(string text) => $"""
        CASE WHEN length({text}) = 10 AND CAST(TRY_CAST({text} AS DATE) AS VARCHAR) = {text} THEN TRY_CAST({text} AS DATE)
        WHEN length({text}) > 10 AND {PointInTime(text)} = CAST({PointInTime(text)} AS DATE) THEN CAST({PointInTime(text)} AS DATE) END
        """;

    // Only TIMESTAMPTZ minds an offset such as +02:00; the session's zone is UTC. The usual spellings take the short way.
    // The engine's years go beyond 1 to 9999.
    private static string PointInTime(string text) => $"""
        CASE WHEN {text} < '0001' OR {text} LIKE '9999-12-31_24%' THEN NULL
        WHEN {text} LIKE '____-__-__ __:__:__' OR {text} LIKE '____-__-__T__:__:__' OR {text} LIKE '____-__-__' THEN TRY_CAST({text} AS TIMESTAMP)
        WHEN regexp_full_match({text}, '{TimePattern}') THEN {FromTyped(new ColumnType(DataType.Timestamp), $"CAST(TRY_CAST({text} AS TIMESTAMPTZ) AS TIMESTAMP)")} END
        """;
}
