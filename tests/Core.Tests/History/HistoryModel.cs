namespace LoyaltyPipeline.Core.Tests.History;

/// <summary>The naive way to keep the past: a full copy of Master for each day.</summary>
internal sealed class HistoryModel
{
    private readonly SortedDictionary<int, ModelProfile> _profiles = [];
    private readonly SortedDictionary<int, IReadOnlyList<ModelRow>> _days = [];
    private readonly SortedSet<int> _measured = [];
    private bool _hasPhone;

    /// <summary>The copies by day.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<ModelRow>> Days => _days;

    /// <summary>The days that have figures: of those that were thinned out they stay.</summary>
    public IReadOnlyCollection<int> Measured => _measured;

    /// <summary>What Master holds.</summary>
    public IReadOnlyList<ModelRow> Master => _days.Count == 0 ? [] : _days.Values.Last();

    public void Apply(HistoryCommand command)
    {
        switch (command)
        {
            case HistoryCommand.SetUser set:
                _profiles[set.User] = set.Profile;
                break;
            case HistoryCommand.RemoveUser remove:
                _profiles.Remove(remove.User);
                break;
            case HistoryCommand.AddColumn:
                _hasPhone = true;
                break;
            case HistoryCommand.UndoDay undo when _days.Remove(undo.Day):
                _measured.Remove(undo.Day);
                break;
            case HistoryCommand.UndoDay:
                break;
            case HistoryCommand.WriteDay write:
                _measured.Add(write.Day);
                _days[write.Day] =
                [
                    .. _profiles.Where(user => user.Value.SignedUp <= write.Day)
                        .Select(user => new ModelRow(user.Key, user.Value.Email, user.Value.Segment, _hasPhone ? user.Value.Phone : null)),
                ];
                break;
            case HistoryCommand.Thin thin:
                foreach (var day in _days.Keys.SkipLast(1).Where(thin.Removes).ToList())
                    _days.Remove(day);
                break;
            default:
                throw new InvalidOperationException($"Unknown command {command}.");
        }
    }

    /// <summary>The versions that the copies amount to: of each user, the longest runs of written days that say the same.</summary>
    public IEnumerable<ModelVersion> Versions()
    {
        var days = _days.Keys.ToList();
        foreach (var user in _days.Values.SelectMany(rows => rows).Select(row => row.User).Distinct().Order())
        {
            ModelVersion? open = null;
            foreach (var day in days)
            {
                var row = _days[day].SingleOrDefault(row => row.User == user);
                if (row == open?.Row)
                    continue;
                if (open is not null)
                    yield return open with { To = day };
                open = row is null ? null : new ModelVersion(row, day, To: null);
            }

            if (open is not null)
                yield return open;
        }
    }
}
