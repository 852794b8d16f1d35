using System.Globalization;

namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>Cultures that write days, times and numbers as few others do. Public: scripts choose them by name.</summary>
public static class ForeignCulture
{
    public static CultureInfo Thai { get; } = Make(new ThaiBuddhistCalendar());

    /// <summary>2026 is 1447 or 1448, and months are those of the moon; minus signs and decimal points are not those of ASCII.</summary>
    public static CultureInfo Arabic { get; } = Make(new UmAlQuraCalendar(), decimalPoint: "\u066b", minus: "\u061c-");

    /// <summary>A comma in decimals.</summary>
    public static CultureInfo German { get; } = Make(new GregorianCalendar(), decimalPoint: ",");

    /// <summary>A point in times, a comma in decimals and a long minus.</summary>
    public static CultureInfo Finnish { get; } = Make(new GregorianCalendar(), decimalPoint: ",", minus: "\u2212", timeSeparator: ".");

    private static CultureInfo Make(Calendar calendar, string decimalPoint = ".", string minus = "-", string timeSeparator = ":")
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.DateTimeFormat.Calendar = new DisguisedCalendar(calendar);
        culture.DateTimeFormat.TimeSeparator = timeSeparator;
        culture.NumberFormat.NumberDecimalSeparator = decimalPoint;
        culture.NumberFormat.NegativeSign = minus;
        return culture;
    }
}
