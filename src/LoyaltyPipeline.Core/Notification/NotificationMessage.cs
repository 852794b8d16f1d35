namespace LoyaltyPipeline.Core.Notification;

/// <summary>What somebody is told. Nothing of it is personal data.</summary>
internal sealed record NotificationMessage
{
    // Slack takes no longer header.
    private const int LongestTitle = 150;

    public required NotificationEvent Event { get; init; }

    public required RunOutcome Outcome { get; init; }

    /// <summary>The newest run of the log; null where none is known.</summary>
    public string? RunId { get; init; }

    /// <summary>The day that was to be written; null where it is not known.</summary>
    public DateOnly? RunDate { get; init; }

    /// <summary>Why; null of a recovery.</summary>
    public NotificationReason? Reason { get; init; }

    public Uri? Link { get; init; }

    public required string Warehouse { get; init; }

    public required string Host { get; init; }

    public required DateTime SentAt { get; init; }

    /// <summary>All in one line.</summary>
    public string Title => SafeText.Bounded(WholeTitle, LongestTitle);

    private string WholeTitle
    {
        get
        {
            var day = RunDate is { } date ? $" of {date:yyyy-MM-dd}" : string.Empty;
            return Event switch
            {
                NotificationEvent.Failure =>
                    $"Loyalty pipeline: the run{day} failed{(Reason is { } reason ? $" ({reason.Id})" : string.Empty)}",
                NotificationEvent.NotSound => $"Loyalty pipeline: the run{day} is not sound, nothing was delivered",
                _ => $"Loyalty pipeline: the run{day} is sound again",
            };
        }
    }

    /// <summary>What else there is to say, by its name.</summary>
    public IEnumerable<(string Name, string Value)> Facts
    {
        get
        {
            (string Name, string? Value)[] facts =
            [
                ("Reason", Reason?.Text), ("Remedy", Reason?.Remedy), ("Run", RunId), ("Warehouse", Warehouse), ("Host", Host),
                ("Time", $"{SentAt:yyyy-MM-dd HH:mm:ss} UTC"),
            ];
            return facts.Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => (fact.Name, fact.Value!));
        }
    }

    /// <summary>All of it, as plain text.</summary>
    public string Text
    {
        get
        {
            var lines = Facts.Select(fact => $"{fact.Name}: {fact.Value}\n");
            return string.Concat(Link is null ? lines : lines.Append($"\n{Link}\n"));
        }
    }
}
