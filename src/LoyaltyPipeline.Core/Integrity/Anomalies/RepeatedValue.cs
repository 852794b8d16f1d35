using LoyaltyPipeline.Core.Configuration.Integrity;

namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>Tells a series that stopped moving from one that hardly ever moves, by how often its figures were repeated before.</summary>
internal sealed class RepeatedValue(AnomalySettings settings)
{
    // Two weeks, to know whether a series moves.
    private const int KnownDays = 14;

    private readonly Queue<bool> _repeats = new();
    private double? _last;
    private int _streak;
    private int _repeated;

    /// <summary>Learns a figure.</summary>
    /// <returns>Whether the series is frozen.</returns>
    public bool Add(double value)
    {
        var isRepeat = _last is { } last && last.Equals(value);
        _streak = isRepeat ? _streak + 1 : 0;
        if (_last is not null)
        {
            _repeats.Enqueue(isRepeat);
            _repeated += isRepeat ? 1 : 0;
        }

        if (_repeats.Count > settings.WindowDays)
            _repeated -= _repeats.Dequeue() ? 1 : 0;
        _last = value;
        var before = _repeats.Count - _streak;
        // A series that has always stood still has not stopped moving.
        return _streak >= settings.FrozenRepeats && before >= KnownDays && Probability(before) < settings.FrozenProbability;
    }

    // Of a streak like this one, by Laplace's rule of succession: each of its days, too, shows how often figures are repeated. Of few days
    // before it that is not known well, and a figure that moved three times in a month may well stand still for the next two.
    private double Probability(int before)
    {
        var probability = 1.0;
        for (var day = 0; day < _streak && probability >= settings.FrozenProbability; day++)
            probability *= (_repeated - _streak + 1.0 + day) / (before + 2.0 + day);
        return probability;
    }
}
