using LoyaltyPipeline.Core.Configuration.Integrity;

namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>
/// Follows a series on one side of what is expected, and tells a new level and a drift from single days: a cumulative sum (E. S. Page,
/// 1954) of what is beyond the allowance, and the days in a row beyond the threshold of a shift.
/// </summary>
internal sealed class Excursion(AnomalySettings settings)
{
    // What was half as far off before had begun before.
    private const double Half = 0.5;

    private double _sum;
    private int _since;
    private int _days;
    private double _sumBefore;
    private int _run;
    private int _runSince;
    private double _runSum;

    /// <summary>Learns a day.</summary>
    /// <param name="deviation">How far it is off on this side, in spreads; below 0 on the other side.</param>
    /// <returns>What has become of the series, and the first day of it; null where nothing has.</returns>
    public (AnomalyKind Kind, int Since)? Add(int day, double deviation)
    {
        if (deviation < settings.ShiftThreshold)
            (_run, _runSum) = (0, 0);
        else if (_run++ == 0)
            (_runSince, _sumBefore, _days) = (day, _sum, _sum > 0 ? day - _since : 0);
        _runSum += _run > 0 ? deviation : 0;

        // One day, however far off, is no drift.
        var beyond = Math.Min(deviation, settings.Threshold) - settings.DriftAllowance;
        if (_sum <= 0 && beyond > 0)
            _since = day;
        _sum = Math.Max(0, _sum + beyond);
        if (_run >= settings.ShiftDays)
            return HadBegunBefore() ? (AnomalyKind.Drift, _since) : (AnomalyKind.LevelShift, _runSince);
        return _sum > settings.DriftLimit ? (AnomalyKind.Drift, _since) : null;
    }

    /// <summary>Begins anew.</summary>
    public void Reset() => (_sum, _run, _runSum) = (0, 0, 0);

    private bool HadBegunBefore() => _days > 0 && (_sumBefore / _days) + settings.DriftAllowance >= Half * (_runSum / _run);
}
