using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LoyaltyPipeline.SnowflakeSupport.Sessions;

namespace LoyaltyPipeline.SnowflakeSupport.Ado;

/// <summary>A value for a question mark. Its name is the number of the mark, from 1.</summary>
internal sealed class TestDbParameter : DbParameter
{
    private DbType? _dbType;

    public override DbType DbType
    {
        get => _dbType ?? Infer(Value);
        set => _dbType = value;
    }

    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input)
                throw TestDbException.Unsupported($"parameter direction {value}");
        }
    }

    public override bool IsNullable { get; set; }

    [AllowNull]
    public override string ParameterName { get; set; } = "";

    public override int Size { get; set; }

    [AllowNull]
    public override string SourceColumn { get; set; } = "";

    public override bool SourceColumnNullMapping { get; set; }

    public override object? Value { get; set; }

    public override void ResetDbType() => _dbType = null;

    /// <summary>The value as it is sent.</summary>
    internal Bind ToBind() => DbType switch
    {
        DbType.Boolean => new Bind("BOOLEAN", Text),
        DbType.Double or DbType.Single => new Bind("REAL", Text),
        DbType.Date => new Bind("DATE", Value is null or DBNull ? null : Since(((DateTime)Value).Date, TimeSpan.TicksPerMillisecond)),
        DbType.DateTime or DbType.DateTime2 => new Bind("TIMESTAMP_NTZ", Value is null or DBNull ? null : Nanoseconds((DateTime)Value)),
        DbType.Binary => new Bind("BINARY", Value is null or DBNull ? null : Convert.ToHexString((byte[])Value)),
        DbType.SByte or DbType.Byte or DbType.Int16 or DbType.UInt16 or DbType.Int32 or DbType.UInt32 or DbType.Int64 or DbType.UInt64
            or DbType.Decimal or DbType.VarNumeric
            => new Bind("FIXED", Text),
        DbType.String or DbType.StringFixedLength or DbType.AnsiString or DbType.AnsiStringFixedLength
            or DbType.Guid => new Bind("TEXT", Text),
        _ => throw new TestDbException(
            null, 270053, $"Unsupported .NET type {Value?.GetType().ToString() ?? DbType.ToString()} for a parameter."),
    };

    private string? Text => Value is null or DBNull ? null : string.Format(CultureInfo.InvariantCulture, "{0}", Value);

    private static string Since(DateTime value, long ticks) =>
        ((value.Ticks - DateTime.UnixEpoch.Ticks) / ticks).ToString(CultureInfo.InvariantCulture);

    private static string Nanoseconds(DateTime value) =>
        (((Int128)value.Ticks - DateTime.UnixEpoch.Ticks) * 100).ToString(CultureInfo.InvariantCulture);

    private static DbType Infer(object? value) => value switch
    {
        byte or sbyte or short or ushort or int or uint or long => DbType.Int64,
        ulong => DbType.UInt64,
        decimal => DbType.Decimal,
        double or float => DbType.Double,
        bool => DbType.Boolean,
        DateTime => DbType.DateTime,
        byte[] => DbType.Binary,
        null or DBNull or string or char or Guid => DbType.String,
        _ => DbType.Object,
    };
}
