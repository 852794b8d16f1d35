using System.Runtime.InteropServices;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.SyntheticData.Declared;
using LoyaltyPipeline.Core.SyntheticData.Sinks;

namespace LoyaltyPipeline.Core.SyntheticData.Cells;

/// <summary>One value of any type.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Cell
{
    private Cell(CellKind kind, long number = 0, decimal amount = 0, string? text = null)
    {
        Kind = kind;
        Number = number;
        Amount = amount;
        Text = text ?? "";
    }

    public static Cell Null => default;

    public CellKind Kind { get; }

    /// <summary>The integer, the day number, the ticks, or 1 for true.</summary>
    public long Number { get; }

    public decimal Amount { get; }

    public string Text { get; }

    public static Cell Of(long value) => new(CellKind.Long, value);

    public static Cell Of(int value) => new(CellKind.Integer, value);

    public static Cell Of(decimal value) => new(CellKind.Decimal, amount: value);

    public static Cell Of(string value) => new(CellKind.Text, text: value);

    public static Cell Of(bool value) => new(CellKind.Flag, value ? 1 : 0);

    public static Cell Of(DateOnly value) => new(CellKind.Date, value.DayNumber);

    public static Cell Of(DateTime value) => new(CellKind.Timestamp, value.Ticks);

    public static Cell Of(ColumnType type, decimal number) => type.DataType switch
    {
        DataType.Decimal => Of(number),
        DataType.Integer => Of((int)number),
        _ => Of((long)number),
    };

    public static Cell Raw(string text) => new(CellKind.Raw, text: text);

    /// <summary>The number of any type.</summary>
    public decimal Value => Kind == CellKind.Decimal ? Amount : Number;

    /// <summary>The seconds since 1970 of a day or a time; null of what is none.</summary>
    public long? Second => Kind switch
    {
        CellKind.Date => (long)SyntheticTime.ToDay(DateOnly.FromDayNumber((int)Number)) * SyntheticTime.SecondsPerDay,
        CellKind.Timestamp => (Number - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond,
        _ => null,
    };

    /// <summary>The least value of the same type that is larger.</summary>
    public Cell Next(ColumnType type) => Kind switch
    {
        CellKind.Date => new(Kind, Number + 1),
        CellKind.Timestamp => new(Kind, Number + TimeSpan.TicksPerSecond),
        _ => Of(type, Value + NumberRange.Of(type).Step),
    };

    public void WriteTo(IRowSink sink)
    {
        switch (Kind)
        {
            case CellKind.Long: sink.Write(Number); break;
            case CellKind.Integer: sink.Write((int)Number); break;
            case CellKind.Decimal: sink.Write(Amount); break;
            case CellKind.Text: sink.Write(Text); break;
            case CellKind.Flag: sink.Write(Number == 1); break;
            case CellKind.Date: sink.WriteDate(DateOnly.FromDayNumber((int)Number)); break;
            case CellKind.Timestamp: sink.WriteTimestamp(new DateTime(Number, DateTimeKind.Unspecified)); break;
            case CellKind.Raw: ((IRawTextSink)sink).WriteRaw(Text); break;
            default: sink.WriteNull(); break;
        }
    }
}
