using System.Globalization;

namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>What a day of a series is worth.</summary>
/// <param name="Day">The day.</param>
/// <param name="Status">What is known of it.</param>
/// <param name="HistoryDays">Figures before it that were looked at.</param>
public sealed record SeriesJudgement(DateOnly Day, AnomalyStatus Status, int HistoryDays)
{
    /// <summary>Of those, ends of months that the day was compared with; null where it is none.</summary>
    public int? MonthEnds { get; init; }

    /// <summary>Whether the figures count things, so that there is nothing between one and the next.</summary>
    public bool IsCount { get; init; }

    /// <summary>What is unusual; null where nothing is.</summary>
    public AnomalyKind? Kind { get; init; }

    /// <summary>The figure; null where there is none.</summary>
    public double? Actual { get; init; }

    /// <summary>The figure that the days before it let expect; null where there are too few.</summary>
    public double? Expected { get; init; }

    /// <summary>
    /// How far figures usually are from what is expected, in the unit of the series: a standard deviation, were they distributed normally.
    /// Null where it is not known.
    /// </summary>
    public double? Spread { get; init; }

    /// <summary>The lowest figure that would not be a drop; null where the spread is not known, or where there are no drops.</summary>
    public double? Lower { get; init; }

    /// <summary>The highest figure that would not be a spike; null where the spread is not known.</summary>
    public double? Upper { get; init; }

    /// <summary>How far the figure is from what is expected, in the unit of the series.</summary>
    public double? Change => Actual - Expected;

    /// <summary>The judgement in words.</summary>
    /// <returns>For example <c>Drop on 2026-06-30: 1204, where 1950 to 2110 is usual (-40.1%)</c>.</returns>
    public override string ToString()
    {
        var figures = $"{Say(Actual)}, where {(Lower is null ? "up" : Say(LeastUsual))} to {Say(MostUsual)} is usual{Percent()}{Few()}";
        return Status switch
        {
            AnomalyStatus.NotEnoughHistory => string.Create(
                CultureInfo.InvariantCulture,
                $"not enough history ({HistoryDays} days{(MonthEnds is { } ends ? $", {ends} ends of months" : string.Empty)})"),
            AnomalyStatus.Holiday => $"{Iso(Day)} is a holiday",
            AnomalyStatus.Anomalous when Kind == AnomalyKind.MissingDay => $"{Kind} {Iso(Day)}: no figure",
            AnomalyStatus.Anomalous => $"{Kind} on {Iso(Day)}: {figures}",
            _ => figures,
        };
    }

    // Of counts the first and the last that are usual.
    private double? LeastUsual => IsCount && Lower is { } lower ? Math.Ceiling(lower) : Lower;

    private double? MostUsual => IsCount && Upper is { } upper ? Math.Floor(upper) : Upper;

    private string Few() => MonthEnds is { } ends and < SeriesWalk.MonthEnds
        ? string.Create(CultureInfo.InvariantCulture, $"; by {ends} ends of months alone, so that the band is wide") : string.Empty;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Say(double? value) =>
        value is { } number ? Math.Round(number, Math.Abs(number) < 100 ? 3 : 0).ToString(CultureInfo.InvariantCulture) : "-";

    private string Percent() => Expected is { } expected && expected != 0 && Change is { } change
        ? string.Create(CultureInfo.InvariantCulture, $" ({change / Math.Abs(expected) * 100:+0.0;-0.0;0}%)")
        : string.Empty;
}
