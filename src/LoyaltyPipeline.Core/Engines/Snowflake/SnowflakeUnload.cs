using System.Data;
using System.Data.Common;
using System.Globalization;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines.DuckDb;

namespace LoyaltyPipeline.Core.Engines.Snowflake;

/// <summary>
/// Writes the rows of a query into a file. They go one by one into the engine that writes files for DuckDB too, so that a file is the same
/// whichever engine its rows come from: a CSV library would quote otherwise than that engine, and knows no Parquet. A row at a time is held
/// here; the engine spills to disk what does not fit into its memory, and a delivery asks for no more rows at once than one file has.
/// </summary>
internal static class SnowflakeUnload
{
    private const string Table = "UNLOADED";

    /// <summary>Writes rows.</summary>
    /// <returns>The number of rows.</returns>
    public static async Task<long> WriteAsync(DbDataReader reader, UnloadFormat format, string path, CancellationToken cancellationToken)
    {
        await using var engine = await EmbeddedEngine.OpenAsync(cancellationToken);
        var columns = ColumnsOf(reader, format);
        await engine.Session.ExecuteAsync(
            $"CREATE TABLE {Table} ({SqlText.List(columns.Select(column => $"{column.Name} {column.Type}"))})", [], cancellationToken);
        using (var sink = new DuckDbRowSink(engine.Session, schema: null, Table))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                for (var index = 0; index < columns.Count; index++)
                    columns[index].Write(sink, reader.IsDBNull(index) ? null : reader.GetValue(index));
                sink.EndRow();
            }

            sink.Complete();
        }

        return await engine.Session.UnloadAsync(
            $"SELECT {SqlText.List(columns.Select(column => column.Written(format.Format)))} FROM {Table}", format, path,
            cancellationToken);
    }

    private static List<Column> ColumnsOf(DbDataReader reader, UnloadFormat format)
    {
        using var schema = reader.GetSchemaTable()
            ?? throw new InvalidOperationException("The driver does not say which columns a query has.");
        return [.. schema.Rows.Cast<DataRow>()
            .Select(
                (
                    row,
                    index) => new Column(
                        reader.GetName(index), format.Types?[index] ?? Column.TypeOf(reader.GetDataTypeName(index), row)))];
    }

    /// <summary>A column on its way from Snowflake into a file.</summary>
    /// <param name="Type">Its type, as the catalog writes types.</param>
    private sealed record Column(string Name, string Type)
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
}
