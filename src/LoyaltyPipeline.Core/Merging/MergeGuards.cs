using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>Looks at what a merge would do before anything is written.</summary>
internal static class MergeGuards
{
    public const string RequiredSourceEmpty = nameof(RequiredSourceEmpty);
    public const string RunDateInFuture = nameof(RunDateInFuture);
    public const string SourcesStale = nameof(SourcesStale);

    private const int RegisterPatience = 5;

    private const string StaleRemedy =
        "Import what the departments have delivered since, or check the day; if it is meant, run again with -Force. Nothing was changed.";

    private const string FutureRemedy =
        "Check the year. Master would stay as of that day until it comes, or Undo-LoyaltyMerge takes it back; if it is meant, run again with -Force. Nothing was changed.";

    /// <summary>The guards that trip.</summary>
    /// <param name="runDate">The day to write.</param>
    /// <param name="today">Today (UTC).</param>
    /// <param name="sources">The judged sources.</param>
    /// <param name="rejected">Their rejected rows.</param>
    /// <param name="comparison">What would become of the users.</param>
    /// <param name="limits">How much is too much.</param>
    public static IReadOnlyList<TrippedGuard> Check(
        DateOnly runDate, DateOnly today, IReadOnlyList<JudgedSource> sources, IReadOnlyList<RejectedRows> rejected,
        MasterComparison comparison, GuardLimits limits)
    {
        var tripped = CheckDay(runDate, today);
        if (limits.StaleSources)
            tripped.AddRange(CheckFreshness(runDate, sources));
        tripped.AddRange(sources
            .Where(source => source.Table.Required && source.Log.RowsUsed == 0)
            .Select(source => new TrippedGuard(RequiredSourceEmpty, $"{source.Table} has no usable row")));
        foreach (var rows in rejected)
        {
            var read = sources.Single(source => source.Log.SourceTable == rows.SourceTable).Log.RowsRead;
            AddIfBeyond(
                tripped, "Rejected", $"rows of {rows.SourceTable} break the rule {rows.Rule}", rows.Rows, read,
                rows.Rule == RejectionRule.Duplicate ? limits.Duplicates : limits.Rejected, limits.LeastRows);
        }

        // On the first run everybody is new, and there is nothing to lose.
        if (comparison.Before == 0)
            return tripped;

        var moved = comparison.SegmentMoves.Where(move => move is { From: not null, To: not null }).Sum(move => move.Users);
        AddIfBeyond(tripped, "Deletes", "users would disappear", comparison.Deleted, comparison.Before, limits.Deletes, limits.LeastRows);
        AddIfBeyond(tripped, "SegmentMoves", "users would change segment", moved, comparison.Before, limits.SegmentMoves, limits.LeastRows);
        return tripped;
    }

    /// <summary>The guard that trips for a day that is still to come. East of Greenwich it may be tomorrow already.</summary>
    /// <param name="runDate">The day to write.</param>
    /// <param name="today">Today (UTC).</param>
    public static List<TrippedGuard> CheckDay(DateOnly runDate, DateOnly today) => runDate <= today.AddDays(1)
        ? []
        : [new TrippedGuard(
            RunDateInFuture,
            $"{runDate:yyyy-MM-dd} lies {runDate.DayNumber - today.DayNumber} days after today, {today:yyyy-MM-dd} (UTC)")];

    /// <summary>Refuses the last day that there is: nothing comes before the day after it.</summary>
    /// <exception cref="LoyaltyException"><c>GuardTripped</c>.</exception>
    public static void DemandNextDay(DateOnly runDate)
    {
        if (runDate == DateOnly.MaxValue)
            throw LoyaltyErrors.GuardTripped.Because(
                $"The merge of {runDate:yyyy-MM-dd} was stopped: no day comes after it, so that no row lies before its end.", runDate,
                "Check the year. Nothing was changed.");
    }

    /// <summary>The error for guards that were not told to let the run pass.</summary>
    public static LoyaltyException Refuse(IReadOnlyList<TrippedGuard> tripped, DateOnly runDate, CatalogTable users)
    {
        var reasons = string.Join("; ", tripped.Select(guard => guard.Reason));
        if (tripped.Any(guard => guard.Name == RunDateInFuture))
            return LoyaltyErrors.GuardTripped.Because($"The merge of {runDate:yyyy-MM-dd} was stopped: {reasons}.", runDate, FutureRemedy);
        if (tripped.All(guard => guard.Name == SourcesStale))
            return LoyaltyErrors.GuardTripped.Because($"The merge of {runDate:yyyy-MM-dd} was stopped: {reasons}.", runDate, StaleRemedy);
        return tripped.Any(guard => guard.Name == RequiredSourceEmpty)
            ? LoyaltyErrors.SourceMissing.Because($"The merge of {runDate:yyyy-MM-dd} needs {users}: {reasons}.", users.Name.ToString())
            : LoyaltyErrors.GuardTripped.Because($"The merge of {runDate:yyyy-MM-dd} was stopped: {reasons}.", runDate);
    }

    // Sources that have ended say less and less: of their users the logins of the last thirty days become none.
    private static IEnumerable<TrippedGuard> CheckFreshness(DateOnly runDate, IReadOnlyList<JudgedSource> sources)
    {
        var dated = sources.Where(source => source is { Table.FreshWithin: not null, Log.NewestEventAt: not null }).ToList();
        var stale = dated.Where(source => DaysBehind(source, runDate) > UsualDays(source.Table)).ToList();
        if (stale.Count * 2 <= dated.Count && !stale.Exists(source => source.Table.Required))
            yield break;
        var worst = stale.OrderByDescending(source => source.Table.Required).ThenByDescending(source => DaysBehind(source, runDate))
            .First();
        yield return new TrippedGuard(
            SourcesStale,
            $"{stale.Count} of {dated.Count} sources have nothing new of {runDate:yyyy-MM-dd}: the newest row of {worst.Table} is {DaysBehind(worst, runDate)} days older, and {UsualDays(worst.Table)} are usual");
    }

    // A log of events goes on every day; a register, of which every row counts always, says nothing new until somebody changes something.
    private static int UsualDays(CatalogTable source) => source.FreshWithin!.Value * (source.CountedBy is null ? RegisterPatience : 1);

    private static int DaysBehind(JudgedSource source, DateOnly runDate) =>
        runDate.DayNumber - DateOnly.FromDateTime(source.Log.NewestEventAt!.Value).DayNumber;

    private static void AddIfBeyond(
        List<TrippedGuard> tripped, string name, string what, long part, long whole, decimal limit, int leastRows)
    {
        if (part > limit * Math.Max(whole, leastRows))
            tripped.Add(new TrippedGuard(name, $"{part} of {whole} {what}, more than the {limit * 100:0.##} % allowed"));
    }
}
