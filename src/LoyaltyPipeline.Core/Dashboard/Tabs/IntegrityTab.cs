using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Dashboard.Reading;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>Integrity: what the checks found, and whether what follows from the sources still does.</summary>
/// <param name="data">What was read.</param>
internal sealed class IntegrityTab(DashboardData data)
{
    private const string Never = "No check has been made yet: Test-PipelineIntegrity makes them.";

    // From the sources to the consumers; a check that settles each step.
    private static readonly (string From, string To, string CheckId, string Claim)[] Chain =
    [
        ("Sources", "Merge", "LOYALTY.RUN_SOURCE.reconciled", "rows read = used + quarantined"),
        ("Sources", "Master", "LOYALTY.MASTER.users", "users signed up = users in Master"),
        ("Master", "History", "LOYALTY.MASTER.history", "Master = open versions of History"),
        ("History", "Daily log", "LOYALTY.HISTORY_SNAPSHOT.newest_day", "open versions = newest day of the log"),
        ("Daily log", "Days", "LOYALTY.SNAPSHOT.row_counts", "versions of each day = users counted"),
        ("Master", "Deliveries", "LOYALTY.DELIVERY.members", "audience = users noted as sent"),
        ("Deliveries", "Files", "LOYALTY.DELIVERY.files", "rows and bytes = those of the files"),
        ("Files", "Destinations", "LOYALTY.DELIVERY.stored", "log = manifest = what lies there"),
    ];

    public DashboardTab Build()
    {
        var alone = new Alone(data);
        DashboardPanel[] panels = data.Checks.Runs.Count == 0
            ? [alone.Panel("integrity-none", "Integrity", None)]
            : [alone.Panel("integrity-failing", "What does not pass", Failing),
                alone.Panel("integrity-chain", "From the sources to the consumers", Reconciliation), .. ByTable()];
        return new DashboardTab("integrity", "Integrity", DashboardStates.Worst(panels), panels);
    }

    private DashboardPanel None()
    {
        // Where there are some that cannot be read, the panel says so.
        _ = data.Checks;
        return new DashboardPanel("integrity-none", "Integrity", Never) { State = DashboardState.Unknown };
    }

    /// <summary>
    /// Says how the checks came out when each was last made: a test run of a few must not hide what an earlier one found.
    /// </summary>
    public static (string Text, DashboardState State) Say(CheckHistory checks)
    {
        if (checks.Runs.Count == 0)
            return (Never, DashboardState.Unknown);
        var shown = checks.Checks.Where(IsShown).ToList();
        int Count(params CheckStatus[] statuses) => shown.Count(check => statuses.Contains(check.Status));
        var made = shown.Count(check => check.RunId == checks.Runs[^1].RunId);
        var at = $"{Written.Time(checks.LastAt!.Value)} UTC";
        var when = made == shown.Count ? $" of {at}" : $", {Written.Number(made)} of them made at {at} and the others before,";
        var text = $"Of {Written.Count(shown.Count, "check")}{when} {Written.Number(Count(CheckStatus.Passed))} passed, {Written.Number(Count(CheckStatus.Warning))} warn, "
            + $"{Written.Number(Count(CheckStatus.Failed, CheckStatus.Error))} failed or could not be made, and {Written.Number(Count(CheckStatus.Skipped))} had nothing to check.";
        return (text, DashboardStates.Worst(shown.Select(check => DashboardStates.Of(check.Status))));
    }

    private DashboardPanel Failing()
    {
        var (text, state) = Say(data.Checks);
        var failing = data.Checks.Checks.Where(check => IsShown(check) && check.Status is not (CheckStatus.Passed or CheckStatus.Skipped))
            .OrderBy(check => check.Status == CheckStatus.Warning).ToList();
        return new DashboardPanel("integrity-failing", "What does not pass", text)
        {
            IsWide = true,
            State = state,
            Table = failing.Count == 0 ? null : new DashboardTable(
                [new("State", DashboardColumnKind.State), new("Check"), new("What was found"), new("Since", DashboardColumnKind.Time),
                    new("Last runs", DashboardColumnKind.Strip)],
                [.. failing.Select(
                    check => new object?[] { DashboardStates.Of(check.Status), check.CheckId, check.Message,
                        Written.Time(check.FailedSince), Strip(check) })]),
        };
    }

    private DashboardPanel Reconciliation()
    {
        var links = Chain.Select(link => (link, Check: data.Checks.Find(link.CheckId)))
            .Select(
                link => new DashboardLink(
                    link.link.From, link.link.To, Say(link.link.Claim, link.Check),
                    link.Check is { } check ? DashboardStates.Of(check.Status) : DashboardState.Unknown))
            .ToList();
        return new DashboardPanel("integrity-chain", "From the sources to the consumers", "Each arrow is a check that both ends agree.")
        {
            IsWide = true,
            State = DashboardStates.Worst(links.Select(link => link.State)),
            Links = links,
        };
    }

    private static string Say(string claim, CheckLine? check) => check switch
    {
        null => $"{claim}: not checked yet",
        { Status: CheckStatus.Passed } => claim,
        _ => $"{claim}: {check.Message}",
    };

    private IEnumerable<DashboardPanel> ByTable() =>
        data.Checks.Checks.Where(IsShown).GroupBy(check => check.Table ?? check.Suite.ToString(), StringComparer.Ordinal)
            .Select(table => PanelOf(table.Key, [.. table]));

    private DashboardPanel PanelOf(string table, List<CheckLine> checks) => new(
        $"checks-{table.ToLowerInvariant().Replace('.', '-').Replace('_', '-')}", table,
        $"{Written.Count(checks.Count, "check")}; the latest {Written.Count(data.Checks.Runs.Count, "test run")} from left to right.")
    {
        State = DashboardStates.Worst(checks.Select(check => DashboardStates.Of(check.Status))),
        Table = new DashboardTable(
            [new("Check"), new("State", DashboardColumnKind.State), new("Last runs", DashboardColumnKind.Strip)],
            [.. checks.Select(check => new object?[] { Short(check), DashboardStates.Of(check.Status), Strip(check) })]),
    };

    // Unusual figures have a tab of their own; that one could not be judged is shown here.
    private static bool IsShown(CheckLine check) => check.Suite != CheckSuite.Anomalies || check.Status == CheckStatus.Error;

    // The table is the heading.
    private static string Short(CheckLine check) =>
        check.Table is { } table && check.CheckId.StartsWith(table + ".", StringComparison.Ordinal)
            ? check.CheckId[(table.Length + 1)..]
            : check.CheckId;

    private static string Strip(CheckLine check) => string.Concat(check.Before.Select(status => status switch
    {
        null => ' ',
        CheckStatus.Passed => 'o',
        CheckStatus.Warning => 'w',
        CheckStatus.Skipped => 'u',
        _ => 'b',
    }));
}
