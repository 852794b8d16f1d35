using System.Collections.ObjectModel;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>One person, as the pipeline knows them. Personal data is masked unless it was asked for.</summary>
public sealed class LoyaltyUser
{
    /// <summary>The user.</summary>
    public long UserId { get; internal init; }

    /// <summary>Whether personal data is shown; where it is, the log has the run of <see cref="RunId"/>.</summary>
    public bool PersonalDataShown { get; internal init; }

    /// <summary>The run in the log that showed personal data; null where none was shown.</summary>
    public string? RunId { get; internal init; }

    /// <summary>The user's row of Master by column, days as the times at which they begin; null where Master has none.</summary>
    public ReadOnlyDictionary<string, object?>? Master { get; internal init; }

    /// <summary>The user's rows of History by column, the earliest first.</summary>
    public ReadOnlyCollection<ReadOnlyDictionary<string, object?>> Versions { get; internal init; } = [];

    /// <summary>The deliveries that hold the user, the newest first.</summary>
    public ReadOnlyCollection<SubjectDelivery> Deliveries { get; internal init; } = [];

    /// <summary>Whether the user is sent to nobody today (UTC).</summary>
    public bool IsSuppressed { get; internal init; }

    /// <summary>Why; null where that was not said.</summary>
    public string? SuppressionReason { get; internal init; }

    /// <summary>Since when (UTC); null where that was not said.</summary>
    public DateTime? SuppressedSince { get; internal init; }

    /// <summary>The last day on which that holds, as the time at which it begins; null where it holds for good.</summary>
    public DateTime? SuppressedUntil { get; internal init; }

    /// <summary>The user's rows in quarantine by column.</summary>
    public ReadOnlyCollection<ReadOnlyDictionary<string, object?>> Quarantine { get; internal init; } = [];

    /// <summary>How many rows each source has of the user; sources that have none are left out.</summary>
    public ReadOnlyDictionary<string, int> SourceRows { get; internal init; } = ReadOnlyDictionary<string, int>.Empty;

    /// <summary>When the user was erased (UTC); null where that was not.</summary>
    public DateTime? ErasedAt { get; internal init; }
}
