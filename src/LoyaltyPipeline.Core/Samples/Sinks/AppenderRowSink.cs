using DuckDB.NET.Data;

namespace LoyaltyPipeline.Core.Samples;

/// <summary>
/// Appends rows to a DuckDB table. The connection stays the caller's, and so does its transaction: rows reach the table from time
/// to time, and only a transaction makes all of them appear, or none.
/// </summary>
public sealed class AppenderRowSink : IRowSink
{
    private readonly DuckDBAppender appender;
    private IDuckDBAppenderRow? row;
    private bool completed;

    /// <summary>Starts appending to an existing table whose columns are those of the rows, in the same order.</summary>
    public AppenderRowSink(DuckDBConnection connection, string? catalog, string? schema, string table) =>
        appender = connection.CreateAppender(catalog, schema, table);

    private IDuckDBAppenderRow Row => row ??= appender.CreateRow();

    /// <inheritdoc/>
    public void Write(long value) => Row.AppendValue(value);

    /// <inheritdoc/>
    public void Write(int value) => Row.AppendValue(value);

    /// <inheritdoc/>
    public void Write(decimal value) => Row.AppendValue(value);

    /// <inheritdoc/>
    public void Write(string value) => Row.AppendValue(value);

    /// <inheritdoc/>
    public void Write(bool value) => Row.AppendValue(value);

    /// <inheritdoc/>
    public void WriteDate(DateOnly value) => Row.AppendValue(value);

    /// <inheritdoc/>
    public void WriteTimestamp(DateTime value) => Row.AppendValue(value);

    /// <inheritdoc/>
    public void WriteNull() => Row.AppendNullValue();

    /// <inheritdoc/>
    public void EndRow()
    {
        Row.EndRow();
        row = null;
    }

    /// <inheritdoc/>
    public void Complete()
    {
        completed = true;
        appender.Close();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!completed)
            appender.Clear();
        appender.Dispose();
    }
}
