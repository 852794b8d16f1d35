using System.Globalization;
using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Tests.Support;

namespace LoyaltyPipeline.Core.Tests.Dashboard;

/// <summary>
/// A dashboard that uses all that a document can hold: every chart, every kind of column, every state, and texts that would harm a page
/// that trusts them.
/// </summary>
internal static class DashboardSample
{
    /// <summary>A region that would be a script, were it not taken for a text.</summary>
    public const string Script = "<script>alert(1)</script>";

    /// <summary>A text with all that ends or opens something in HTML or in a script.</summary>
    public const string Hostile = "\"'</script><!-- <img src=x onerror=alert(2)> & \u2028 {b|bold}";

    private static readonly DateOnly LastDay = new(2026, 6, 30);
    private static readonly string[] Sources = [.. ShippedCatalog.Catalog.Sources.Select(source => source.Name.ToString())];

    private static readonly string[] Steps = ["judge sources", "build", "compare", "write history", "write master", "metrics", "commit"];
    private static readonly string[] Segments = ["Highly Engaged", "Engaged", "Low Engagement", "Unscored"];
    private static readonly string[] Regions = ["North America", "Western Europe", "Nordics", "South East Asia", Script,
        "Other, fewer than 5"];
    private static readonly string[] Features = ["Saved searches", "Shared boards", "Weekly digest", "Mobile capture", "Automations",
        "Single sign-on", "Forecasts", "Public API"];

    /// <summary>Makes it.</summary>
    /// <param name="days">How many days it tells of.</param>
    /// <param name="bands">How many figures have a band.</param>
    public static DashboardDocument Make(int days = 90, int bands = 6) => new(
        "Loyalty pipeline", $"Warehouse loyalty.duckdb, as of {Day(days - 1, days)}",
        [
            new("overview", "Overview", DashboardState.Warning, Overview(days)),
            new("load", "Load performance", DashboardState.Ok, Load(days)),
            new(
                "anomalies", "Anomalies", DashboardState.Bad,
                [.. Enumerable.Range(0, bands).Select(index => Band(index, days)), NotEnough]),
            new("integrity", "Integrity", DashboardState.Bad, Integrity()),
            new("engagement", "Engagement", DashboardState.Ok, Engagement(days)),
            new("features", "Feature adoption", DashboardState.Ok, [Heat(), Movers()]),
            new(
                "deliveries", "Deliveries", DashboardState.Unknown,
                [new("no-deliveries", "Deliveries", "Nothing has been delivered from this warehouse.")
                {
                    State = DashboardState.Unknown,
                    IsWide = true,
                }]),
            new("catalog", "Catalog", DashboardState.Ok, [Catalog()]),
        ]);

    private static DashboardPanel NotEnough { get; } = new(
        "band-short", "Rows in SERVICE_REQUESTS", "Not enough history: 12 of the 28 days that a band needs.")
    {
        State = DashboardState.Unknown,
    };

    private static string Day(int index, int days) =>
        LastDay.AddDays(index - days + 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DashboardPanel[] Overview(int days) =>
    [
        new("last-run", "Last run", $"The run of {Day(days - 1, days)} was written in 41 seconds; one check wants a look.")
        {
            State = DashboardState.Warning,
            IsWide = true,
            Facts =
            [
                new("Users in Master", "1,003,412", "+1,204 since yesterday"),
                new("Checks", "212 of 214", "2 not passed", DashboardState.Bad),
                new("Deliveries", "none", "since the warehouse began", DashboardState.Unknown),
                new("Newest source row", "3 h ago", $"{Sources.Length} of {Sources.Length} sources", DashboardState.Ok),
                new("Rows quarantined", "0.42 %", "0.4 % on most days", DashboardState.Warning),
            ],
        },
        new("segments-now", "Users by segment", "More users are highly engaged than yesterday.")
        {
            Table = new(
                [new("Segment"), new("Users", DashboardColumnKind.Number), new("Share", DashboardColumnKind.Share),
                    new("Change", DashboardColumnKind.Number, "users"), new("Sound", DashboardColumnKind.State), new("Small")],
                [.. Segments.Select(
                    (
                        segment,
                        index) => (IReadOnlyList<object?>)[segment, 412_000 - (index * 101_357L), 0.41 - (index * 0.1),
                            index == 3 ? null : 204 - (index * 99), (DashboardState)index, index == 3])]),
        },
        new("segments-bars", "Users by region", $"Regions by number of users. {Hostile}")
        {
            Chart = new(DashboardChartKind.Bars, "Region", "Users"),
            Table = new(
                [new("Region"), new("Users", DashboardColumnKind.Number)],
                [.. Regions.Select((region, index) => (IReadOnlyList<object?>)[region, 310_000 >> index])]),
        },
    ];

    private static DashboardPanel[] Load(int days) =>
    [
        new("runs", "Runs by step", "A run takes 38 to 52 seconds, most of it to write History.")
        {
            IsWide = true,
            Chart = new(DashboardChartKind.Bars, "Day", "Seconds")
            {
                Series = "Step",
                MarkLines = [new(Day(days / 2, days), "release 0.9")],
            },
            Table = new(
                [new("Day", DashboardColumnKind.Day), new("Step"), new("Seconds", DashboardColumnKind.Number, "s")],
                [.. from day in Enumerable.Range(
                    0,
                    days) from step in Enumerable.Range(
                        0, Steps.Length) select (IReadOnlyList<object?>)[Day(day, days), Steps[step], Wave(day, step, 3 + step, 0.7)]]),
        },
        new("gantt", "The last run, step by step", "What the last run did when.")
        {
            IsWide = true,
            Chart = new(DashboardChartKind.Gantt, "Step", "Seconds") { Low = "Begun", High = "Ended" },
            Table = new(
                [new("Step"), new("Begun", DashboardColumnKind.Time), new("Ended", DashboardColumnKind.Time),
                    new("Seconds", DashboardColumnKind.Number, "s")],
                [.. Steps.Select(
                    (
                        step,
                        index) => (IReadOnlyList<object?>)[step, $"2026-06-30 05:00:{index * 7:00}",
                            $"2026-06-30 05:00:{(index * 7) + 3 + index:00}", 3.0 + index])]),
        },
        new("rows", "Rows read by source", "Each source has its own level.")
        {
            IsWide = true,
            Chart = new(DashboardChartKind.Lines, "Day", "Rows") { Series = "Source", MarkLines = [new(Day(days / 3, days), "backfill")] },
            Table = new(
                [new("Day", DashboardColumnKind.Day), new("Source"), new("Rows", DashboardColumnKind.Number, "rows")],
                [.. from source in Enumerable.Range(
                    0,
                    Sources.Length) from day in Enumerable.Range(
                        0,
                        days) select (IReadOnlyList<object?>)[Day(day, days), Sources[source],
                            (long)Wave(day, source, 20_000 * (source + 1), 2_000)]]),
        },
    ];

    private static DashboardPanel Band(int index, int days)
    {
        var marked = index % 3 == 0 ? days - 9 : -1;
        return new(
            $"band-{index}", $"Metric {index + 1}: rows in {Sources[index % Sources.Length]}",
            marked >= 0 ? "A drop by 38 % below the band, mostly from Nordics." : "Within its band on every day.")
        {
            State = marked >= 0 ? DashboardState.Bad : DashboardState.Ok,
            Chart = new(DashboardChartKind.Band, "Day", "Rows") { Low = "From", High = "To", Mark = "What was found" },
            Table = new(
                [new("Day", DashboardColumnKind.Day), new("Rows", DashboardColumnKind.Number, "rows"),
                    new("From", DashboardColumnKind.Number), new("To", DashboardColumnKind.Number), new("What was found")],
                [.. Enumerable.Range(0, days).Select(day => BandRow(index, day, days, marked))]),
        };
    }

    private static IReadOnlyList<object?> BandRow(int index, int day, int days, int marked)
    {
        var level = 12_000.0 + (index * 1_734.5);
        var middle = Wave(day, index, level, level * 0.05);
        object? low = day < 20 ? null : middle - (level * 0.09);
        object? high = day < 20 ? null : middle + (level * 0.09);
        var value = Math.Round(day == marked ? middle * 0.62 : middle + (Math.Sin((day * 2.7) + index) * level * 0.03));
        return [Day(day, days), value, low, high, day == marked ? "drop by 38 %, mostly Nordics" : null];
    }

    private static DashboardPanel[] Integrity() =>
    [
        new("chain", "From the sources to the deliveries", "Every arrow holds but one.")
        {
            State = DashboardState.Bad,
            IsWide = true,
            Links =
            [
                new("Sources", "Master", "1,003,412 rows read, 1,003,412 used or quarantined", DashboardState.Ok),
                new("Master", "History", "Master is what History says now", DashboardState.Ok),
                new("History", "Deliveries", "2 users were delivered that History does not know", DashboardState.Bad),
                new("Regions", "Thresholds", "1 region has no threshold", DashboardState.Warning),
                new("Deliveries", "Marketing", "nothing has been delivered", DashboardState.Unknown),
            ],
        },
        new("checks", "Checks by table", "The last 30 results of each check; two have not passed today.")
        {
            State = DashboardState.Bad,
            IsWide = true,
            Table = new(
                [new("Check"), new("Now", DashboardColumnKind.State), new("Last 30", DashboardColumnKind.Strip),
                    new("Not passed since", DashboardColumnKind.Day), new("Rows", DashboardColumnKind.Number)],
                [.. Enumerable.Range(0, 40)
                    .Select(
                        index => (IReadOnlyList<object?>)[$"{Sources[index % Sources.Length]}.rule {index + 1}", (DashboardState)(index % 4),
                            Strip(index), index % 4 == 2 ? "2026-06-21" : null, index % 4 == 2 ? 17 : 0])]),
        },
    ];

    private static string Strip(int index)
    {
        var newest = "owbu"[index % 4];
        return string.Create(30, newest, (letters, last) =>
        {
            letters.Fill('o');
            letters[..3].Fill(' ');
            letters[^4..].Fill(last);
        });
    }

    private static DashboardPanel[] Engagement(int days) =>
    [
        new("moves", "Moves between segments", "Where users were 30 days ago, and where they are now.")
        {
            Chart = new(DashboardChartKind.Flow, "30 days ago", "Users") { Series = "Now" },
            Table = new(
                [new("30 days ago"), new("Now"), new("Users", DashboardColumnKind.Number, "users")],
                [.. from before in Segments.Index() from now in Segments.Index() select (IReadOnlyList<object?>)[before.Item, now.Item,
                    before.Index == now.Index ? 90_000 - (before.Index * 11_000) : 4_000 + (now.Index * 900)]]),
        },
        new("scores", "Scores", "How many users have which score, against the thresholds of the largest region.")
        {
            Chart = new(DashboardChartKind.Bars, "Score", "Users")
            {
                MarkLines = [new("30", "low below 30"), new("71.5", "high from 71.5")],
            },
            Table = new(
                [new("Score", DashboardColumnKind.Number), new("Users", DashboardColumnKind.Number)],
                [.. Enumerable.Range(0, 20)
                    .Select(bin => (IReadOnlyList<object?>)[(bin * 5) + 2.5, (int)(60_000 * Math.Exp(-Math.Pow((bin - 11) / 5.0, 2)))])]),
        },
        new("trend", "Share of each segment", "Shares hold within a point.")
        {
            IsWide = true,
            Chart = new(DashboardChartKind.Lines, "Day", "Share") { Series = "Segment" },
            Table = new(
                [new("Day", DashboardColumnKind.Day), new("Segment"), new("Share", DashboardColumnKind.Share)],
                [.. from day in Enumerable.Range(
                    0,
                    days) from segment in Segments.Index() select (IReadOnlyList<object?>)[Day(day, days), segment.Item,
                        Wave(day, segment.Index, 0.4 - (segment.Index * 0.1), 0.01)]]),
        },
    ];

    private static DashboardPanel Heat() => new(
        "adoption", "Adoption by region and feature", "Share of the users active in the last 30 days who use a feature.")
    {
        IsWide = true,
        Chart = new(DashboardChartKind.HeatMap, "Feature", "Adoption rate") { Series = "Region" },
        Table = new(
            [new("Region"), new("Feature"), new("Adoption rate", DashboardColumnKind.Share)],
            [.. from region in Regions.Index() from feature in Features.Index() select (IReadOnlyList<object?>)[region.Item, feature.Item,
                ((region.Index * 7) + (feature.Index * 11)) % 53 / 60.0]]),
    };

    private static DashboardPanel Movers() => new("movers", "Movers", "The largest changes against 30 days before.")
    {
        IsWide = true,
        Table = new(
            [new("Feature"), new("Region"), new("Change", DashboardColumnKind.Share), new("Small region")],
            [.. Features.Select(
                (
                    feature,
                    index) => (IReadOnlyList<object?>)[feature, Regions[index % Regions.Length], 0.08 - (index * 0.019), index == 5])]),
    };

    private static DashboardPanel Catalog() => new("columns", "Tables and columns", "What every column means.")
    {
        IsWide = true,
        Table = new(
            [new("Table"), new("Column"), new("Type"), new("What it means")],
            [.. from source in Sources from column in Enumerable.Range(
                1,
                12) select (IReadOnlyList<object?>)[source, $"COLUMN_{column}", column % 3 == 0 ? "BIGINT" : "VARCHAR",
                    $"What column {column} of {source} holds, in a sentence that is as long as descriptions are. {(column == 5 ? Hostile : "")}"]]),
    };

    // Differs from day to day as figures do, and is the same on every run.
    private static double Wave(int day, int phase, double level, double height) =>
        level + (Math.Sin((day * 0.9) + phase) * height * 0.6) + (Math.Cos((day * 0.13) + (phase * 2)) * height * 0.4);
}
