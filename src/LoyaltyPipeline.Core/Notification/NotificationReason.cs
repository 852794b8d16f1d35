using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core.Notification;

/// <summary>Why somebody is told, in words that hold no personal data.</summary>
public sealed partial record NotificationReason
{
    private const int MostChecks = 10;
    private const string SeeLog = "What was said stands in the log of the run; it may be personal data, and is not sent.";

    // Their words are those of engines and libraries, which repeat values.
    private static readonly HashSet<string> Untold = new(StringComparer.Ordinal)
    {
        LoyaltyErrors.QueryFailed.Id, LoyaltyErrors.UnexpectedFailure.Id,
    };

    private NotificationReason()
    {
    }

    /// <summary>What tells it from other reasons: an error id, or the ids of checks.</summary>
    public required string Id { get; init; }

    /// <summary>What happened.</summary>
    public required string Text { get; init; }

    /// <summary>What to do.</summary>
    public string Remedy { get; init; } = string.Empty;

    /// <summary>The reason of an error.</summary>
    /// <param name="errorId">Its id.</param>
    /// <param name="failure">The failure of the catalogue; null where it is none of it.</param>
    public static NotificationReason Of(string errorId, LoyaltyException? failure) =>
        failure is null || Untold.Contains(failure.ErrorId)
            ? new NotificationReason { Id = errorId, Text = SeeLog, Remedy = failure?.Remedy ?? LoyaltyErrors.UnexpectedFailure.Remedy }
            : new NotificationReason { Id = failure.ErrorId, Text = Masked(failure.Message), Remedy = Masked(failure.Remedy) };

    /// <summary>The reason of checks that failed or could not be made.</summary>
    /// <returns>The reason; null where there is none of them.</returns>
    public static NotificationReason? Of(IReadOnlyList<CheckResult> results)
    {
        var bad = results.Where(result => result.Status is CheckStatus.Failed or CheckStatus.Error)
            .OrderBy(result => result.CheckId, StringComparer.Ordinal).ToList();
        if (bad.Count == 0)
            return null;
        var lines = bad.Take(MostChecks).Select(result => $"{result.CheckId}: {Masked(result.Message)}");
        var more = bad.Count > MostChecks ? [$"and {bad.Count - MostChecks} more"] : Array.Empty<string>();
        return new NotificationReason
        {
            Id = string.Join(", ", bad.Select(result => result.CheckId)),
            Text = string.Join('\n', lines.Concat(more)),
            Remedy = "Look at the rows with Test-PipelineIntegrity -NotPassed. Nothing is delivered until the checks pass.",
        };
    }

    // Messages of the catalogue name what a user wrote: a path may have somebody's address in it.
    private static string Masked(string text) => Address().Replace(text, PersonalDataMask.Masked);

    [GeneratedRegex(@"[^\s@'""<>(),;:/\\]+@[^\s@'""<>(),;:/\\]+\.[A-Za-z]{2,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
