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
        var defaults = new IntegritySettings();
        return new IntegritySettings
        {
            Checks = map.Read("checks", key => ReadOverrides(map.Map(key)), defaults.Checks),
            OwnChecks = map.Read("own_checks", key => ReadOwnChecks(map.Map(key), catalog), defaults.OwnChecks),
            Calendar = map.Read("calendar", key => ReadCalendar(map.Map(key)), defaults.Calendar),
            Anomalies = map.Read("anomalies", key => ReadAnomalies(map.Map(key)), defaults.Anomalies) with
            {
                Holidays = map.Read("holidays", key => ReadDays(map, key), defaults.Anomalies.Holidays),
            },
        };
    }

    private static IReadOnlyDictionary<string, CheckOverride> ReadOverrides(YamlMap map) =>
        map.ReadEach(map.Keys, id => ReadOverride(map, id))
            .ToDictionary(item => item.Key, item => item.Value, StringComparer.OrdinalIgnoreCase);

    private static CheckOverride ReadOverride(YamlMap map, string id)
    {
        var entry = map.Map(id);
        entry.AllowOnly("enabled", "warn", "error");
        // Read now, so that a mistake shows at once.
        var (warn, error) = (ReadLimit(entry, "warn"), ReadLimit(entry, "error"));
        DemandOrder(entry, warn, error);
        return new CheckOverride(
            entry.Read("enabled", entry.Flag, otherwise: true),
            threshold => new CheckThreshold(entry.Has("warn") ? warn : threshold.Warn, entry.Has("error") ? error : threshold.Error),
            reason => map.Wrong(id, reason));
    }

    private static IReadOnlyList<OwnCheck> ReadOwnChecks(YamlMap map, LoyaltyCatalog catalog) =>
        [.. map.ReadEach(map.Keys, name => ReadOwnCheck(map.Map(name), name, catalog)).Select(item => item.Value)];

    private static OwnCheck? ReadOwnCheck(YamlMap entry, string name, LoyaltyCatalog catalog)
    {
        entry.AllowOnly("description", "query", "suite", "table", "warn", "error", "timeout_seconds");
        if (name.Length == 0 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'))
            throw entry.Wrong("query", $"'{name}' is no name for a check; write letters, digits, - and _");
        var query = entry.Try(() => ReadQuery(entry, name), otherwise: null);
        var table = entry.Read("table", _ => ReadTable(entry, catalog), otherwise: null);
        var warn = ReadLimit(entry, "warn");
        // Without another word any row is a failure.
        var error = entry.Has("error") || entry.Has("warn") ? ReadLimit(entry, "error") : RowLimit.None;
        DemandOrder(entry, warn, error);
        if (table is null && (warn?.IsPercent == true || error?.IsPercent == true))
            throw entry.Wrong(
                warn?.IsPercent == true ? "warn" : "error",
                $"the check {name} names no table that its rows could be a share of; write a count, or name the table");
        var description = entry.Try(() => entry.Text("description"), string.Empty);
        var suite = entry.Read("suite", entry.Choice<CheckSuite>, CheckSuite.Master);
        var seconds = entry.Read("timeout_seconds", key => ReadCount(entry, key), DefaultSeconds);
        // Without its query, of which somebody has heard, there is none.
        return query is null
            ? null
            : new OwnCheck(
                $"own.{name}", description, query, suite, table, new CheckThreshold(warn, error), TimeSpan.FromSeconds(seconds));
    }

    private static UserQuery ReadQuery(YamlMap entry, string name) =>
        UserQuery.TryRead(entry.Text("query"), out var query, out var reason)
            ? query
            : throw entry.Wrong("query", $"the query of the check {name} cannot be used: {reason}");

    private static string ReadTable(YamlMap entry, LoyaltyCatalog catalog) =>
        catalog.Find(entry.Text("table"))?.Name.ToString()
            ?? throw entry.Wrong(
                "table", $"'{entry.Text("table")}' is no table of the catalog; write the schema too, as in LOYALTY.MASTER");

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
            map.Read("days", key => ReadCount(map, key), defaults.Days),
            map.Read("weekdays_only", map.Flag, defaults.WeekdaysOnly))
        {
            MayBeMissing = map.Read("may_be_missing", key => ReadDays(map, key), defaults.MayBeMissing),
        };
    }

    private static AnomalySettings ReadAnomalies(YamlMap map)
    {
        map.AllowOnly("threshold", "minimum_days", "window_days", "month_ends");
        var defaults = new AnomalySettings();
        var settings = defaults with
        {
            Threshold = map.Read("threshold", key => ReadSpreads(map, key), defaults.Threshold),
            MinimumDays = map.Read("minimum_days", key => ReadCount(map, key), defaults.MinimumDays),
            WindowDays = map.Read("window_days", key => ReadCount(map, key), defaults.WindowDays),
            HasMonthEnds = map.Read("month_ends", map.Flag, defaults.HasMonthEnds),
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

    private static IReadOnlySet<DateOnly> ReadDays(YamlMap map, string key)
    {
        var days = new HashSet<DateOnly>();
        foreach (var text in map.Texts(key))
        {
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                days.Add(day);
            else
                map.Report(key, $"'{text}' is no day; write YYYY-MM-DD");
        }

        return days;
    }

    private static RowLimit? ReadLimit(YamlMap entry, string key) => entry.Read(key, _ => ParseLimit(entry, key), otherwise: null);

    private static RowLimit? ParseLimit(YamlMap entry, string key)
    {
        if (entry.Text(key) == None)
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
