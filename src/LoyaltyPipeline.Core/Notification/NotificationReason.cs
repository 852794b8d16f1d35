using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Readiness;

namespace LoyaltyPipeline.Core.Notification;

/// <summary>Why somebody is told, in words that hold no personal data.</summary>
public sealed partial record NotificationReason
{
    private const int MostChecks = 10;
    private const int LongestText = 2000;
    private const int LongestLine = 300;
    private const string LookThere = "Look into the log of the run, or at what the job wrote to its error stream.";
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

    /// <summary>The reason of an error. What it says is told where it is of this module alone; of all else the id, and what is known of
    /// that.</summary>
    /// <param name="errorId">Its id. Of what a script throws PowerShell makes one of all its words, which is not told.</param>
    /// <param name="exception">What is behind it.</param>
    /// <param name="target">What it is about: a finding of a test of the configuration has words of this module.</param>
    public static NotificationReason Of(string errorId, Exception exception, object? target = null)
    {
        var failure = exception as LoyaltyException;
        var id = failure?.ErrorId ?? IdOf(errorId, exception);
        if (!Untold.Contains(id))
        {
            if (failure is not null)
                return Of(id, failure.Message, failure.Remedy);
            if (target is ConfigFinding finding && finding.ErrorId == id)
                return Of(id, WordsOf(finding), finding.Remedy);
        }

        return Of(id, SeeLog, failure?.Remedy ?? LoyaltyErrors.All.GetValueOrDefault(id)?.Remedy ?? LookThere);
    }

    /// <summary>The reason of checks that failed or could not be made.</summary>
    /// <returns>The reason; null where there is none of them.</returns>
    public static NotificationReason? Of(IReadOnlyList<CheckResult> results)
    {
        var bad = results.Where(result => result.Status is CheckStatus.Failed or CheckStatus.Error)
            .OrderBy(result => result.CheckId, StringComparer.Ordinal).ToList();
        if (bad.Count == 0)
            return null;
        var lines = bad.Take(MostChecks).Select(
            result => SafeText.Bounded($"{result.CheckId}: {SafeText.Masked(result.Message)}", LongestLine));
        var more = bad.Count > MostChecks ? [$"and {bad.Count - MostChecks} more"] : Array.Empty<string>();
        return new NotificationReason
        {
            Id = string.Join(", ", bad.Select(result => result.CheckId)),
            Text = string.Join('\n', lines.Concat(more)),
            Remedy = "Look at the rows with Test-PipelineIntegrity -NotPassed. Nothing is delivered until the checks pass.",
        };
    }

    private static NotificationReason Of(string id, string text, string remedy) => new()
    {
        Id = id,
        Text = SafeText.Bounded(SafeText.Masked(text), LongestText),
        Remedy = SafeText.Bounded(SafeText.Masked(remedy), LongestText),
    };

    // An id is a word, and a text may be one too, or begin with one.
    private static string IdOf(string errorId, Exception exception) =>
        IdPattern().IsMatch(errorId) && !exception.Message.StartsWith(errorId, StringComparison.Ordinal)
            ? errorId
            : exception.GetType().Name;

    private static string WordsOf(ConfigFinding finding) =>
        $"{finding.Path} line {finding.Line}{(finding.Key.Length > 0 ? $", {finding.Key}" : string.Empty)}: {finding.Message}";

    [GeneratedRegex(@"^[A-Za-z0-9_.]{1,100}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern();
}
