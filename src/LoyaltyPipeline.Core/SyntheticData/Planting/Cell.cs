using System.Runtime.InteropServices;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.SyntheticData.Sinks;

namespace LoyaltyPipeline.Core.SyntheticData.Planting;

/// <summary>One value of any type.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Cell
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

    public static Cell Raw(string text) => new(CellKind.Raw, text: text);

    /// <summary>A number of the same type.</summary>
    public Cell With(decimal value) => Kind == CellKind.Decimal ? Of(value) : Of((int)value);

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
