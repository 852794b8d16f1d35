using System.Data;
using System.Data.Common;
using System.Globalization;
using LoyaltyPipeline.Core.Engines.DuckDb;

namespace LoyaltyPipeline.Core.Engines.Snowflake;

/// <summary>A column on its way from Snowflake into a file.</summary>
/// <param name="Type">Its type, as the catalog writes types.</param>
internal sealed record UnloadedColumn(string Name, string Type)
{
    /// <summary>The type of a column that is declared nowhere.</summary>
    /// <param name="stored">Snowflake's name of its type.</param>
    /// <param name="schema">What else the driver says of it.</param>
    public static string TypeOf(string stored, DataRow schema) => stored.ToUpperInvariant() switch
    {
        "FIXED" when Number(schema, SchemaTableColumn.NumericScale) > 0 =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"DECIMAL({Number(schema, SchemaTableColumn.NumericPrecision)},{Number(schema, SchemaTableColumn.NumericScale)})"),
        "FIXED" => "BIGINT",
        "REAL" => "DOUBLE",
        "BOOLEAN" => "BOOLEAN",
        "DATE" => "DATE",
        "TIMESTAMP_NTZ" or "TIMESTAMP_LTZ" or "TIMESTAMP_TZ" => "TIMESTAMP",
        _ => "VARCHAR",
    };

    /// <summary>SQL of the column as it is written. Parquet says with the zone that a time is in UTC.</summary>
    public string Written(FileFormat format) =>
        Type == "TIMESTAMP" && format == FileFormat.Parquet ? $"CAST({Name} AS TIMESTAMP WITH TIME ZONE) AS {Name}" : Name;

    /// <summary>Writes a value.</summary>
    /// <param name="sink">Takes it.</param>
    /// <param name="value">The value as the driver gives it; null for NULL.</param>
    public void Write(DuckDbRowSink sink, object? value)
    {
        var culture = CultureInfo.InvariantCulture;
        if (value is null)
            sink.WriteNull();
        else if (Type == "BIGINT")
            sink.Write(Convert.ToInt64(value, culture));
        else if (Type == "INTEGER")
            sink.Write(Convert.ToInt32(value, culture));
        else if (Type == "DOUBLE")
            sink.Write(Convert.ToDouble(value, culture));
        else if (Type == "BOOLEAN")
            sink.Write(Convert.ToBoolean(value, culture));
        else if (Type == "DATE")
            sink.WriteDate(value as DateOnly? ?? DateOnly.FromDateTime(Convert.ToDateTime(value, culture)));
        else if (Type == "TIMESTAMP")
            sink.WriteTimestamp(value is DateTimeOffset time ? time.UtcDateTime : Convert.ToDateTime(value, culture));
        else if (Type.StartsWith("DECIMAL", StringComparison.Ordinal))
            sink.Write(Convert.ToDecimal(value, culture));
        else
            sink.Write(Convert.ToString(value, culture)!);
    }

    private static int Number(DataRow schema, string column) =>
        schema[column] is { } value and not DBNull ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : 0;
}
