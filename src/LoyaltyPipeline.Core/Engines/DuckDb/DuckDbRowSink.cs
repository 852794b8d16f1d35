using DuckDB.NET.Data;

namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>
/// Appends rows to a DuckDB table. The connection stays the caller's, and so does its transaction: rows reach the table from time
/// to time, and only a transaction makes all of them appear, or none.
/// </summary>
internal sealed class DuckDbRowSink : IRowSink
{
    private readonly DuckDBAppender _appender;
    private IDuckDBAppenderRow? _row;
    private bool _completed;

    /// <summary>Starts appending to an existing table whose columns are those of the rows, in the same order.</summary>
    public DuckDbRowSink(DuckDbSession session, string? schema, string table)
        : this(session.Connection, catalog: null, schema, table)
    {
    }

    /// <summary>Starts appending to a table of an attached catalog.</summary>
    public DuckDbRowSink(DuckDBConnection connection, string? catalog, string? schema, string table) =>
        _appender = connection.CreateAppender(catalog, schema, table);

    private IDuckDBAppenderRow Row => _row ??= _appender.CreateRow();

    /// <inheritdoc/>
    public void Write(long value) => Row.AppendValue(value);

    /// <inheritdoc/>
    public void Write(int value) => Row.AppendValue(value);

    /// <inheritdoc/>
    public void Write(decimal value) => Row.AppendValue(value);

    /// <summary>Writes a DOUBLE.</summary>
    public void Write(double value) => Row.AppendValue(value);

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
        _row = null;
    }

    /// <inheritdoc/>
    public void Complete()
    {
        _completed = true;
        _appender.Close();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_completed)
            _appender.Clear();
        _appender.Dispose();
    }
}
