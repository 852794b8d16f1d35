using System.Globalization;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Queries;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Configuration.Integrity;

/// <summary>Reads the section <c>integrity</c> of <c>pipeline.yml</c>.</summary>
internal static class IntegrityReader
{
    private const string None = "none";
    private const int DefaultSeconds = 60;

    /// <summary>Reads the section.</summary>
    /// <param name="catalog">The catalog, which knows the tables.</param>
    public static IntegritySettings Read(YamlMap map, LoyaltyCatalog catalog)
    {
        map.AllowOnly("checks", "own_checks", "calendar", "holidays", "anomalies");
        return new IntegritySettings
        {
            Checks = map.Has("checks")
                ? ReadOverrides(map.Map("checks"))
                : new Dictionary<string, CheckOverride>(StringComparer.OrdinalIgnoreCase),
            OwnChecks = map.Has("own_checks") ? ReadOwnChecks(map.Map("own_checks"), catalog) : [],
            Calendar = map.Has("calendar") ? ReadCalendar(map.Map("calendar")) : new CalendarSettings(),
            Anomalies = (map.Has("anomalies") ? ReadAnomalies(map.Map("anomalies")) : new AnomalySettings()) with
            {
                Holidays = map.Has("holidays") ? ReadDays(map, "holidays") : new HashSet<DateOnly>(),
            },
        };
    }

    private static Dictionary<string, CheckOverride> ReadOverrides(YamlMap map)
    {
        var overrides = new Dictionary<string, CheckOverride>(StringComparer.OrdinalIgnoreCase);
        foreach (var id in map.Keys)
        {
            var entry = map.Map(id);
            entry.AllowOnly("enabled", "warn", "error");
            // Read now, so that a mistake shows at once.
            var (warn, error) = (ReadLimit(entry, "warn"), ReadLimit(entry, "error"));
            DemandOrder(entry, warn, error);
            overrides[id] = new CheckOverride(
                !entry.Has("enabled") || entry.Flag("enabled"),
                threshold => new CheckThreshold(entry.Has("warn") ? warn : threshold.Warn, entry.Has("error") ? error : threshold.Error),
                reason => map.Wrong(id, reason));
        }

        return overrides;
    }

    private static List<OwnCheck> ReadOwnChecks(YamlMap map, LoyaltyCatalog catalog) =>
        [.. map.Keys.Select(name => ReadOwnCheck(map.Map(name), name, catalog))];

    private static OwnCheck ReadOwnCheck(YamlMap entry, string name, LoyaltyCatalog catalog)
    {
        entry.AllowOnly("description", "query", "suite", "table", "warn", "error", "timeout_seconds");
        if (name.Length == 0 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'))
            throw entry.Wrong("query", $"'{name}' is no name for a check; write letters, digits, - and _");
        if (!UserQuery.TryRead(entry.Text("query"), out var query, out var reason))
            throw entry.Wrong("query", $"the query of the check {name} cannot be used: {reason}");
        var table = entry.Has("table")
            ? catalog.Find(entry.Text("table"))?.Name.ToString()
                ?? throw entry.Wrong(
                    "table", $"'{entry.Text("table")}' is no table of the catalog; write the schema too, as in LOYALTY.MASTER")
            : null;
        var warn = ReadLimit(entry, "warn");
        // Without another word any row is a failure.
        var error = entry.Has("error") || entry.Has("warn") ? ReadLimit(entry, "error") : RowLimit.None;
        DemandOrder(entry, warn, error);
        if (table is null && (warn?.IsPercent == true || error?.IsPercent == true))
            throw entry.Wrong(
                warn?.IsPercent == true ? "warn" : "error",
                $"the check {name} names no table that its rows could be a share of; write a count, or name the table");
        return new OwnCheck(
            $"own.{name}", entry.Text("description"), query, entry.Has("suite")
                ? entry.Choice<CheckSuite>("suite")
                : CheckSuite.Master, table, new CheckThreshold(warn, error),
            TimeSpan.FromSeconds(entry.Has("timeout_seconds") ? ReadCount(entry, "timeout_seconds") : DefaultSeconds));
    }

    // A count and a share cannot be compared before the rows are counted.
    private static void DemandOrder(YamlMap entry, RowLimit? warn, RowLimit? error)
    {
        if (warn is { } lower && error is { } upper && lower.IsPercent == upper.IsPercent && lower.Value > upper.Value)
            throw entry.Wrong(
                "warn", $"from {lower} on it is to warn, which is more than the {upper} from which on it is to fail: it would never warn");
    }

    private static CalendarSettings ReadCalendar(YamlMap map)
    {
        map.AllowOnly("days", "weekdays_only", "may_be_missing");
        var defaults = new CalendarSettings();
        return new CalendarSettings(
            map.Has("days") ? ReadCount(map, "days") : defaults.Days,
            map.Has("weekdays_only") && map.Flag("weekdays_only"))
        {
            MayBeMissing = map.Has("may_be_missing") ? ReadDays(map, "may_be_missing") : defaults.MayBeMissing,
        };
    }

    private static AnomalySettings ReadAnomalies(YamlMap map)
    {
        map.AllowOnly("threshold", "minimum_days", "window_days", "month_ends");
        var defaults = new AnomalySettings();
        var settings = defaults with
        {
            Threshold = map.Has("threshold") ? ReadSpreads(map, "threshold") : defaults.Threshold,
            MinimumDays = map.Has("minimum_days") ? ReadCount(map, "minimum_days") : defaults.MinimumDays,
            WindowDays = map.Has("window_days") ? ReadCount(map, "window_days") : defaults.WindowDays,
            HasMonthEnds = map.Has("month_ends") ? map.Flag("month_ends") : defaults.HasMonthEnds,
        };
        if (settings.MinimumDays < defaults.MinimumDays)
            throw map.Wrong("minimum_days", $"fewer than {defaults.MinimumDays} days are too few to know the days of the week");
        return settings.WindowDays >= settings.MinimumDays
            ? settings
            : throw map.Wrong("window_days", $"there must be at least as many as the {settings.MinimumDays} of minimum_days");
    }

    private static double ReadSpreads(
        YamlMap map,
        string key) => double.TryParse(map.Text(key), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var spreads)
            && spreads > 0
        ? spreads
        : throw map.Wrong(key, $"'{map.Text(key)}' is no number above 0");

    private static HashSet<DateOnly> ReadDays(YamlMap map, string key) => [.. map.Texts(key).Select(text =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw map.Wrong(key, $"'{text}' is no day; write YYYY-MM-DD"))];

    private static RowLimit? ReadLimit(YamlMap entry, string key)
    {
        if (!entry.Has(key) || entry.Text(key) == None)
            return null;
        return RowLimit.TryParse(entry.Text(key), out var limit)
            ? limit
            : throw entry.Wrong(key, $"'{entry.Text(key)}' is no limit; write a count such as 10, a share such as 0.5%, or {None}");
    }

    private static int ReadCount(
        YamlMap map, string key) => int.TryParse(map.Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
        ? count
        : throw map.Wrong(key, $"'{map.Text(key)}' is no number above 0");
}
