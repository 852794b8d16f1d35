using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.SyntheticData.Declared;

/// <summary>The numbers that a column may hold.</summary>
/// <param name="Step">What lies between two that are next to each other.</param>
internal sealed record NumberRange(decimal Lowest, decimal Highest, decimal Step)
{
    // With as many before the point as after it a number is still a decimal of .NET.
    private const int MostDigits = 14;

    /// <summary>By the column's type and its bounds.</summary>
    public static NumberRange Of(CatalogColumn column)
    {
        var type = Of(column.Type);
        return type with
        {
            Lowest = column.Minimum is { } minimum ? Math.Max(type.Lowest, Math.Ceiling(minimum / type.Step) * type.Step) : type.Lowest,
            Highest = column.Maximum is { } maximum ? Math.Min(type.Highest, Math.Floor(maximum / type.Step) * type.Step) : type.Highest,
        };
    }

    public static NumberRange Of(ColumnType type)
    {
        if (type.IsWhole)
            return type.DataType == DataType.Integer ? new(int.MinValue, int.MaxValue, 1) : new(long.MinValue, long.MaxValue, 1);
        var step = new decimal(1, mid: 0, hi: 0, isNegative: false, scale: (byte)Math.Min(type.Scale, MostDigits));
        var highest = Enumerable.Repeat(10m, Math.Min(type.Precision - type.Scale, MostDigits)).Aggregate(1m, decimal.Multiply) - step;
        return new NumberRange(-highest, highest, step);
    }

    public bool Has(decimal value) => value >= Lowest && value <= Highest;

    /// <summary>One of some: those from zero on, where there are such, or else the largest.</summary>
    public decimal Pick(ref SyntheticRandom random, int most)
    {
        var start = Highest < 0 ? Math.Max(Lowest, Highest - ((most - 1) * Step)) : Math.Max(Lowest, 0);
        return At(Math.Ceiling(start / Step), random.Next((int)Math.Min(most, ((Highest - start) / Step) + 1)));
    }

    /// <summary>One after the other, the first where a sequence begins.</summary>
    public decimal At(long index) => At(Math.Ceiling((Highest < 1 ? Lowest : Math.Max(Lowest, 1)) / Step), index);

    private decimal At(decimal start, long index) => Math.Min((start + index) * Step, Highest);
}
