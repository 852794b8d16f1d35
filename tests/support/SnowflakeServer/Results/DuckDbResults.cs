using System.Data;
using System.Numerics;
using DuckDB.NET.Data;

namespace LoyaltyPipeline.SnowflakeSupport.Results;

/// <summary>Reads DuckDB's results into Snowflake's types and names.</summary>
internal static class DuckDbResults
{
    /// <summary>Reads all rows.</summary>
    /// <param name="reader">Where from.</param>
    public static ResultSet Read(DuckDBDataReader reader)
    {
        var columns = Columns(reader);
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[columns.Length];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : Convert(reader.GetValue(i));
            rows.Add(row);
        }

        return new ResultSet(columns, rows);
    }

    private static ResultColumn[] Columns(DuckDBDataReader reader)
    {
        using var schema = reader.GetSchemaTable();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => Column(reader, schema.Rows[i], i))];
    }

    private static ResultColumn Column(DuckDBDataReader reader, DataRow schema, int ordinal)
    {
        var name = Name(reader.GetName(ordinal));
        return reader.GetDataTypeName(ordinal) switch
        {
            "Decimal" => new ResultColumn(
                name, ColumnKind.Fixed, System.Convert.ToInt32(schema["NumericPrecision"]), System.Convert.ToInt32(schema["NumericScale"])),
            "TinyInt" or "SmallInt" or "Integer" or "BigInt" or "HugeInt" or "UnsignedTinyInt" or "UnsignedSmallInt" or "UnsignedInteger"
                or "UnsignedBigInt"
                => ResultColumn.Count(name),
            "Float" or "Double" => new ResultColumn(name, ColumnKind.Real),
            "Boolean" => new ResultColumn(name, ColumnKind.Boolean),
            "Date" => new ResultColumn(name, ColumnKind.Date),
            "Time" => new ResultColumn(name, ColumnKind.Time, Scale: 9),
            "Timestamp" or "TimestampS" or "TimestampMs" or "TimestampNs" => new ResultColumn(name, ColumnKind.TimestampNtz, Scale: 9),
            "TimestampTz" => new ResultColumn(name, ColumnKind.TimestampLtz, Scale: 9),
            "Blob" => new ResultColumn(name, ColumnKind.Binary),
            _ => new ResultColumn(name, ColumnKind.Text),
        };
    }

    /// <summary>Snowflake names a column without a name after its text, in upper case.</summary>
    private static string Name(string name) =>
        name == "count_star()" ? "COUNT(*)" : name.Contains('(', StringComparison.Ordinal) ? name.ToUpperInvariant() : name;

    private static object Convert(object value) => value switch
    {
        sbyte or short or int or byte or ushort or uint => System.Convert.ToInt64(value),
        ulong unsigned => unsigned <= long.MaxValue ? (long)unsigned : new BigInteger(unsigned),
        BigInteger big when big >= long.MinValue && big <= long.MaxValue => (long)big,
        float single => (double)single,
        DateOnly date => date.ToDateTime(TimeOnly.MinValue),
        TimeOnly time => time.ToTimeSpan(),
        Stream stream => Bytes(stream),
        long or decimal or BigInteger or double or string or bool or DateTime or TimeSpan or byte[] => value,
        _ => System.Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private static byte[] Bytes(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
