using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Dashboard.Reading;
using LoyaltyPipeline.Core.Delivery.Log;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>Deliveries: who was sent how many users, who was left out and why, and whether what was sent still lies there.</summary>
/// <param name="data">What was read.</param>
internal sealed class DeliveriesTab(DashboardData data)
{
    public DashboardTab Build()
    {
        var alone = new Alone(data);
        DashboardPanel[] panels = data.Deliveries.Count == 0
            ? [alone.Panel("deliveries-none", "Deliveries", None)]
            : [
                alone.Panel("deliveries-latest", "Latest delivery to each consumer", Latest),
                alone.Panel("deliveries-audience", "Audience over time", Audiences),
                alone.Panel("deliveries-left-out", "Who was left out, and why", LeftOut),
                alone.Panel("deliveries-stored", "Do they lie where the log says?", Verification),
                alone.Panel("deliveries-log", "Log", Log),
            ];
        return new DashboardTab("deliveries", "Deliveries", DashboardStates.Worst(panels), panels);
    }

    private DashboardPanel None()
    {
        // Where there are some that cannot be read, the panel says so.
        _ = data.Deliveries;
        return new DashboardPanel(
            "deliveries-none", "Deliveries", "Nothing was delivered on these days: Export-EngagementSegment delivers.")
        {
            State = DashboardState.Unknown,
        };
    }

    /// <summary>The latest delivery to each consumer.</summary>
    public static IReadOnlyList<DeliveryRecord> LatestOf(DashboardData data) =>
        [.. data.Deliveries.Where(delivery => !delivery.IsBackfill).GroupBy(delivery => (delivery.Consumer, delivery.Segment))
            .Select(feed => feed.First()).OrderBy(delivery => delivery.Consumer, StringComparer.Ordinal)];

    /// <summary>How a delivery is; one that is not of the newest day is worth a look.</summary>
    public static DashboardState StateOf(DeliveryRecord delivery, DateOnly? newest) => delivery.Status switch
    {
        DeliveryStatus.Published when newest is null || delivery.Day >= newest => DashboardState.Ok,
        DeliveryStatus.Failed => DashboardState.Bad,
        DeliveryStatus.Cleared => DashboardState.Unknown,
        _ => DashboardState.Warning,
    };

    private DashboardPanel Latest()
    {
        var latest = LatestOf(data);
        return new DashboardPanel(
            "deliveries-latest", "Latest delivery to each consumer",
            $"{Written.Count(latest.Count, "consumer")} {(latest.Count == 1 ? "was" : "were")} delivered to on these days.")
        {
            IsWide = true,
            State = DashboardStates.Worst(latest.Select(delivery => StateOf(delivery, data.Newest))),
            Facts =
            [
                .. latest.Select(delivery => new DashboardFact(
                    $"{delivery.Consumer}: {delivery.Segment}", SmallGroups.Say(delivery.Audience),
                    $"{delivery.Status}, of {Written.Day(delivery.Day)}, {Written.Bytes(delivery.Bytes)}", StateOf(delivery, data.Newest))),
            ],
        };
    }

    private DashboardPanel Audiences() => new("deliveries-audience", "Audience over time", "Users who were sent, by consumer.")
    {
        Chart = new DashboardChart(DashboardChartKind.Lines, "Day", "Users") { Series = "Consumer" },
        Table = new DashboardTable(
            [new("Day", DashboardColumnKind.Day), new("Consumer"), new("Users", DashboardColumnKind.Number)],
            [.. Published().Select(
                delivery => new object?[] { Written.Day(delivery.Day), $"{delivery.Consumer}: {delivery.Segment}",
                    SmallGroups.Cell(delivery.Audience) })]),
    };

    private DashboardPanel LeftOut()
    {
        var rows = LatestOf(data)
            .Where(delivery => delivery.Status == DeliveryStatus.Published).SelectMany(delivery => new (string Reason, long Users)[]
        {
            ("no consent", delivery.LeftOut.NoConsent), ("account closed", delivery.LeftOut.ClosedAccount),
            ("account suspended", delivery.LeftOut.SuspendedAccount), ("suppressed", delivery.LeftOut.Suppressed),
        }.Where(left => left.Users > 0).Select(left => (Consumer: $"{delivery.Consumer}: {delivery.Segment}", left.Reason, left.Users)))
        .ToList();
        return rows.Count == 0
            ? new DashboardPanel(
                "deliveries-left-out", "Who was left out, and why", "Nobody of the segments was left out of the latest deliveries.")
            : new DashboardPanel(
                "deliveries-left-out", "Who was left out, and why",
                "Users of the segment who were not sent, of the latest delivery to each consumer.")
            {
                Chart = new DashboardChart(DashboardChartKind.Bars, "Consumer", "Users") { Series = "Reason" },
                Table = new DashboardTable(
                    [new("Consumer"), new("Reason"), new("Users", DashboardColumnKind.Number)],
                    [.. rows.Select(row => new object?[] { row.Consumer, row.Reason, SmallGroups.Cell(row.Users) })]),
            };
    }

    private DashboardPanel Verification()
    {
        const string Title = "Do they lie where the log says?";
        return data.Checks.Find("LOYALTY.DELIVERY.stored") is { } check
            ? new DashboardPanel("deliveries-stored", Title, $"{check.Message}.") { State = DashboardStates.Of(check.Status) }
            : new DashboardPanel("deliveries-stored", Title, "Not looked at yet: Test-PipelineIntegrity -IncludeDeliveries does.")
            {
                State = DashboardState.Unknown,
            };
    }

    private DashboardPanel Log() => new(
        "deliveries-log", "Log",
        $"{Written.Count(data.Deliveries.Count, "delivery").Replace("deliverys", "deliveries", StringComparison.Ordinal)}, the newest first.")
    {
        IsWide = true,
        Table = new DashboardTable(
            [
                new("Day", DashboardColumnKind.Day), new("Consumer"), new("Segment"), new("Mode"), new("State", DashboardColumnKind.State),
                new("Status"), new("Audience", DashboardColumnKind.Number),
                new("Rows", DashboardColumnKind.Number), new("Files", DashboardColumnKind.Number), new("Bytes", DashboardColumnKind.Number),
                new("Guards"), new("Published", DashboardColumnKind.Time),
            ],
            [
                .. data.Deliveries.Select(delivery => new object?[]
                {
                    Written.Day(delivery.Day), delivery.Consumer, delivery.Segment, delivery.Mode.ToString(),
                    StateOf(delivery, newest: null), delivery.Status.ToString(), SmallGroups.Cell(delivery.Audience),
                    SmallGroups.Cell(delivery.Rows), delivery.Files.Count, delivery.Bytes, NamesOf(delivery.Guards),
                    Written.Time(delivery.PublishedAt),
                }),
            ]),
    };

    // Without what they found: that has numbers of users in it.
    private static string? NamesOf(string? guards) =>
        guards is null ? null : string.Join("; ", guards.Split("; ").Select(guard => guard.Split(':', 2)[0]));

    private IEnumerable<DeliveryRecord> Published() =>
        data.Deliveries.Where(delivery => delivery is { Status: DeliveryStatus.Published, IsBackfill: false }).Reverse();
}
