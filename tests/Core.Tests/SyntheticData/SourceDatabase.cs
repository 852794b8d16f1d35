using DuckDB.NET.Data;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.Truth;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

/// <summary>An in-memory database with the source tables, typed and unconstrained.</summary>
internal sealed class SourceDatabase : IDisposable
{
    private readonly DuckDBConnection connection = new("Data Source=:memory:");

    public SourceDatabase()
    {
        connection.Open();
        Execute(PlainTables.Sources);
    }

    public async Task<SampleResult> FillAsync(
        SyntheticDataOptions options, IProgress<SyntheticProgress>? progress = null, CancellationToken token = default)
    {
        using var tables = new AppenderTables(() =>
        {
            var another = connection.Duplicate();
            another.Open();
            return another;
        });
        var result = await SyntheticTablesWriter.WriteAsync(ShippedCatalog.Catalog, options, tables.Open, progress, token);
        tables.Commit();
        return result;
    }

    /// <summary>Loads landing files, all values as text, into tables named after the files.</summary>
    public void LoadText(string folder)
    {
        Execute("CREATE SCHEMA TEXT");
        foreach (var table in SourceConditions.Tables)
            Execute($"CREATE TABLE {TextTable(table)} AS SELECT * FROM {CsvSource(folder, table, _ => "VARCHAR")}");
    }

    /// <summary>Turns the typed tables into text, as <see cref="LoadText"/> does with files.</summary>
    public void CopyAsText()
    {
        Execute("CREATE SCHEMA TEXT");
        foreach (var table in SourceConditions.Tables)
            Execute($"CREATE TABLE {TextTable(table)} AS SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {table.Name}");
    }

    public static string TextTable(SourceTable table) => "TEXT." + table.Name.Split('.')[1];

    public static string CsvSource(string folder, SourceTable table, Func<SourceColumn, string> type)
    {
        var columns = string.Join(", ", table.Columns.Select(column => $"'{column.Name}': '{type(column)}'"));
        return $"read_csv('{Path.Combine(folder, table.FileName)}', auto_detect=false, header=true, delim=',', quote='\"', escape='\"', columns={{{columns}}})";
    }

    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public T Scalar<T>(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        return reader.GetFieldValue<T>(0);
    }

    /// <summary>All values of a result, row by row.</summary>
    public IReadOnlyList<string?> Texts(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string?>();
        while (reader.Read())
            texts.AddRange(Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? null : reader.GetString(index)));
        return texts;
    }

    public long Count(string from) => Scalar<long>($"SELECT COUNT(*) FROM {from}");

    public void Dispose() => connection.Dispose();
}
