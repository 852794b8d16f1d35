using System.Data;
using System.Data.Common;
using System.Globalization;
using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Delivery;

namespace LoyaltyPipeline.Core.Warehouses.Snowflake;

/// <summary>A column on its way from Snowflake into a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as the catalog writes types.</param>
internal sealed record UnloadedColumn(string Name, string Type)
{
    /// <summary>The type of a column that is declared nowhere.</summary>
    /// <param name="stored">Snowflake's name of its type.</param>
    /// <param name="schema">What else the driver says of it.</param>
    /// <returns>The type.</returns>
    public static string TypeOf(string stored, DataRow schema) => stored.ToUpperInvariant() switch
    {
        "FIXED" when Number(schema, SchemaTableColumn.NumericScale) > 0 =>
            string.Create(CultureInfo.InvariantCulture, $"DECIMAL({Number(schema, SchemaTableColumn.NumericPrecision)},{Number(schema, SchemaTableColumn.NumericScale)})"),
        "FIXED" => "BIGINT",
        "REAL" => "DOUBLE",
        "BOOLEAN" => "BOOLEAN",
        "DATE" => "DATE",
        "TIMESTAMP_NTZ" or "TIMESTAMP_LTZ" or "TIMESTAMP_TZ" => "TIMESTAMP",
        _ => "VARCHAR",
    };

    /// <summary>SQL of the column as it is written. Parquet says with the zone that a time is in UTC.</summary>
    /// <param name="format">The format.</param>
    /// <returns>The SQL.</returns>
    public string Written(DeliveryFormat format) =>
        Type == "TIMESTAMP" && format == DeliveryFormat.Parquet ? $"CAST({Name} AS TIMESTAMP WITH TIME ZONE) AS {Name}" : Name;

    /// <summary>Appends a value.</summary>
    /// <param name="row">The row.</param>
    /// <param name="value">The value as the driver gives it; null for NULL.</param>
    public void Append(IDuckDBAppenderRow row, object? value)
    {
        var culture = CultureInfo.InvariantCulture;
        _ = (value, Type) switch
        {
            (null, _) => row.AppendNullValue(),
            (_, "BIGINT") => row.AppendValue(Convert.ToInt64(value, culture)),
            (_, "INTEGER") => row.AppendValue(Convert.ToInt32(value, culture)),
            (_, "DOUBLE") => row.AppendValue(Convert.ToDouble(value, culture)),
            (_, "BOOLEAN") => row.AppendValue(Convert.ToBoolean(value, culture)),
            (_, "DATE") => row.AppendValue(value as DateOnly? ?? DateOnly.FromDateTime(Convert.ToDateTime(value, culture))),
            (DateTimeOffset time, "TIMESTAMP") => row.AppendValue(time.UtcDateTime),
            (_, "TIMESTAMP") => row.AppendValue(Convert.ToDateTime(value, culture)),
            _ when Type.StartsWith("DECIMAL", StringComparison.Ordinal) => row.AppendValue(Convert.ToDecimal(value, culture)),
            _ => row.AppendValue(Convert.ToString(value, culture)),
        };
    }

    private static int Number(DataRow schema, string column) => schema[column] is { } value and not DBNull ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : 0;
}
