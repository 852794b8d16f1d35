using System.Data;
using System.Data.Common;
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

    private static List<UnloadedColumn> ColumnsOf(DbDataReader reader, UnloadFormat format)
    {
        using var schema = reader.GetSchemaTable()
            ?? throw new InvalidOperationException("The driver does not say which columns a query has.");
        return [.. schema.Rows.Cast<DataRow>()
            .Select(
                (
                    row,
                    index) => new UnloadedColumn(
                        reader.GetName(index), format.Types?[index] ?? UnloadedColumn.TypeOf(reader.GetDataTypeName(index), row)))];
    }
}
