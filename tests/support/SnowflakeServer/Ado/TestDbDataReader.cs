using System.Collections;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Numerics;
using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Ado;

/// <summary>
/// Reads results. A number with scale 0 is a <see cref="long"/> and one with a scale a <see cref="decimal"/>; days and times are
/// <see cref="DateTime"/>.
/// </summary>
internal sealed class TestDbDataReader : DbDataReader
{
    private readonly IReadOnlyList<StatementResult> _results;
    private readonly TestDbConnection? _connection;
    private readonly CommandBehavior _behavior;
    private int _result;
    private int _row = -1;
    private bool _isClosed;

    internal TestDbDataReader(IReadOnlyList<StatementResult> results, TestDbConnection? connection, CommandBehavior behavior)
    {
        _results = results;
        _connection = connection;
        _behavior = behavior;
    }

    public override int Depth => 0;

    public override int FieldCount => Data.Columns.Count;

    public override bool HasRows => Data.Rows.Count > 0;

    public override bool IsClosed => _isClosed;

    public override int RecordsAffected => Current.AffectedRows > int.MaxValue ? -1 : (int)Current.AffectedRows;

    private StatementResult Current => _results[_result];

    private ResultSet Data => Current.Data;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <summary>The id of the statement whose result is read.</summary>
    public string GetQueryId() => Current.QueryId;

    public override bool Read()
    {
        if (_isClosed)
            throw new TestDbException(null, 270010, "Data reader has already been closed.");
        return ++_row < Data.Rows.Count;
    }

    public override bool NextResult()
    {
        if (_result + 1 >= _results.Count)
            return false;
        _result++;
        _row = -1;
        return true;
    }

    public override void Close()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        if (_behavior.HasFlag(CommandBehavior.CloseConnection))
            _connection?.Close();
    }

    public override string GetName(int ordinal) => Column(ordinal).Name;

    /// <summary>The number of a column. Case counts, and a column that is not there is -1.</summary>
    public override int GetOrdinal(string name)
    {
        for (var i = 0; i < Data.Columns.Count; i++)
        {
            if (Data.Columns[i].Name == name)
                return i;
        }

        return -1;
    }

    public override string GetDataTypeName(int ordinal) => WireText.NameOf(Column(ordinal).Kind).ToUpperInvariant();

    public override Type GetFieldType(int ordinal) => Column(ordinal).Kind switch
    {
        ColumnKind.Fixed => Column(ordinal).Scale == 0 ? typeof(long) : typeof(decimal),
        ColumnKind.Real => typeof(double),
        ColumnKind.Boolean => typeof(bool),
        ColumnKind.Date or ColumnKind.Time or ColumnKind.TimestampNtz => typeof(DateTime),
        ColumnKind.TimestampLtz => typeof(DateTimeOffset),
        ColumnKind.Binary => typeof(byte[]),
        _ => typeof(string),
    };

    public override object GetValue(int ordinal)
    {
        var column = Column(ordinal);
        var value = Raw(ordinal);
        return (column.Kind, value) switch
        {
            (_, null) => DBNull.Value,
            (ColumnKind.Fixed, _) when column.Scale == 0 => Whole(value),
            (ColumnKind.Fixed, _) => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
            (ColumnKind.Time, TimeSpan time) => DateTime.UnixEpoch + time,
            (ColumnKind.TimestampLtz, DateTime time) => new DateTimeOffset(time, TimeSpan.Zero),
            (_, DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Unspecified),
            _ => value,
        };
    }

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
            values[i] = GetValue(i);
        return count;
    }

    public override bool IsDBNull(int ordinal) => Raw(ordinal) is null;

    public override bool GetBoolean(int ordinal) => (bool)GetValue(ordinal);

    public override byte GetByte(int ordinal) => checked((byte)GetInt64(ordinal));

    public override short GetInt16(int ordinal) => checked((short)GetInt64(ordinal));

    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    public override long GetInt64(int ordinal) => Raw(ordinal) is { } value ? Whole(value) : throw NoValue(ordinal);

    public override decimal GetDecimal(int ordinal) =>
        Raw(ordinal) is { } value
            ? Convert.ToDecimal(value is BigInteger big ? (decimal)big : value, CultureInfo.InvariantCulture)
            : throw NoValue(ordinal);

    public override double GetDouble(int ordinal) => Convert.ToDouble(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override float GetFloat(int ordinal) => (float)GetDouble(ordinal);

    public override DateTime GetDateTime(int ordinal) => (DateTime)GetValue(ordinal);

    public override Guid GetGuid(int ordinal) => Guid.Parse(GetString(ordinal));

    public override char GetChar(int ordinal) => GetString(ordinal)[0];

    /// <summary>A value as text; null for NULL, as in Snowflake's driver.</summary>
    public override string GetString(int ordinal) => Raw(ordinal) is DateTime day && Column(ordinal).Kind == ColumnKind.Date
        ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : WireText.Of(Raw(ordinal), Column(ordinal))!;

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Copy((byte[])GetValue(ordinal), dataOffset, buffer, bufferOffset, length);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Copy(GetString(ordinal).ToCharArray(), dataOffset, buffer, bufferOffset, length);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    public override DataTable GetSchemaTable() => SchemaTables.Create(Data.Columns, GetFieldType);

    private static long Copy<T>(T[] source, long offset, T[]? buffer, int bufferOffset, int length)
    {
        if (buffer is null)
            return source.Length;
        var count = Math.Min(length, source.Length - (int)offset);
        Array.Copy(source, offset, buffer, bufferOffset, count);
        return count;
    }

    private static long Whole(object value) => value switch
    {
        long whole => whole,
        decimal number when decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue => (long)number,
        string text => long.Parse(text, CultureInfo.InvariantCulture),
        _ => throw new TestDbException(
            null, 270003, $"Failed to convert data {value} from type FIXED to type System.Int64.", cause: new OverflowException()),
    };

    private TestDbException NoValue(int ordinal) => new(null, 270003, $"Failed to convert data NULL of column {GetName(ordinal)}.");

    private ResultColumn Column(int ordinal) =>
        ordinal >= 0 && ordinal < FieldCount
            ? Data.Columns[ordinal]
            : throw new TestDbException(null, 270002, $"Column index {ordinal} is out of bound of valid index.");

    private object? Raw(int ordinal)
    {
        Column(ordinal);
        return _isClosed ? throw new TestDbException(null, 270010, "Data reader has already been closed.") : Data.Rows[_row][ordinal];
    }
}
