using System.Data.Common;
using DuckDB.NET.Data;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Puts source rows into DuckDB tables that exist.</summary>
public static class SourceTables
{
    /// <summary>
    /// Appends by column name, whatever order the tables have their columns in; the table of a missing source is not touched.
    /// </summary>
    public static void Write(DbConnection duckdb, SourceData sources)
    {
        foreach (var source in SourceDefinitions.All)
        {
            if (source.Cells(sources) is { } rows)
                Append((DuckDBConnection)duckdb, source, rows);
        }
    }

    /// <summary>Empties the tables of all sources.</summary>
    public static void Clear(DbConnection duckdb)
    {
        using var command = duckdb.CreateCommand();
        command.CommandText = string.Concat(SourceDefinitions.All.Select(source => $"DELETE FROM {source.Table};\n"));
        command.ExecuteNonQuery();
    }

    private static void Append(DuckDBConnection duckdb, ISourceDefinition source, IEnumerable<object?[]> rows)
    {
        var names = source.Table.Split('.');
        var positions = TableColumns(duckdb, source)
            .Select(column => source.ColumnNames.ToList().FindIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        using var appender = duckdb.CreateAppender(names[0], names[1]);
        foreach (var cells in rows)
        {
            var row = appender.CreateRow();
            foreach (var position in positions)
                Append(row, position < 0 ? null : cells[position]);
            row.EndRow();
        }
    }

    private static List<string> TableColumns(DuckDBConnection duckdb, ISourceDefinition source)
    {
        using var command = duckdb.CreateCommand();
        command.CommandText = $"SELECT * FROM {source.Table} LIMIT 0";
        using var reader = command.ExecuteReader();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    private static IDuckDBAppenderRow Append(IDuckDBAppenderRow row, object? cell) => cell switch
    {
        null => row.AppendNullValue(),
        string value => row.AppendValue(value),
        bool value => row.AppendValue(value),
        int value => row.AppendValue(value),
        long value => row.AppendValue(value),
        decimal value => row.AppendValue(value),
        DateOnly value => row.AppendValue(value),
        DateTime value => row.AppendValue(value),
        _ => throw new ArgumentException($"No column of a source is a {cell.GetType().Name}.", nameof(cell)),
    };
}
