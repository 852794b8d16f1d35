using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>
/// Turns text into typed values, in DuckDB's SQL. A text that is no value of the type gives NULL. Nothing is rounded or cut but the
/// digits of a decimal beyond its scale, which round half away from zero as on every engine.
/// </summary>
internal static class ValueConversion
{
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

    // The engine would round 1.5 to 2. Exporters that know only floats write 5.0 and 1e3, which are whole.
    private static string WholeNumber(ColumnType type, string text) => $"""
        CASE WHEN NOT (contains({text}, '.') OR contains({text}, 'e') OR contains({text}, 'E')) THEN TRY_CAST({text} AS {type})
        WHEN TRY_CAST({text} AS DECIMAL(38,9)) = TRY_CAST({text} AS {type}) THEN TRY_CAST({text} AS {type}) END
        """;

    // Shorter texts are words such as 'infinity' that the engine takes for days. A time of day other than midnight would be lost.
    private static string Day(string text) => $"""
        CASE WHEN length({text}) = 10 THEN TRY_CAST({text} AS DATE)
        WHEN length({text}) > 10 AND TRY_CAST({text} AS TIMESTAMP) = CAST(TRY_CAST({text} AS TIMESTAMP) AS DATE) THEN CAST(TRY_CAST({text} AS TIMESTAMP) AS DATE) END
        """;

    // Only TIMESTAMPTZ minds an offset such as +02:00; the session's zone is UTC. The two common lengths without offset take the short way.
    private static string PointInTime(string text) => $"""
        CASE WHEN length({text}) = 19 AND {text}[17] = ':' OR length({text}) BETWEEN 10 AND 16 THEN TRY_CAST({text} AS TIMESTAMP)
        WHEN length({text}) > 16 THEN CAST(TRY_CAST({text} AS TIMESTAMPTZ) AS TIMESTAMP) END
        """;
}
