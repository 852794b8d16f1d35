using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity.Checks;
using LoyaltyPipeline.Core.Integrity.OwnChecks;

namespace LoyaltyPipeline.Core.Integrity;

/// <summary>The checks there are, by what the catalog and the configuration say.</summary>
public static class CheckList
{
    private const string TableRemedy = "Press Tab after -Table to see the tables; * and ? stand for any characters and any one.";
    private const string NothingLeftRemedy = "Ask for fewer things at once, and look at integrity/checks in pipeline.yml.";

    /// <summary>The ids of all checks.</summary>
    /// <returns>The ids, in the order in which the checks are made.</returns>
    public static IReadOnlyList<string> Ids(LoyaltyCatalog catalog, PipelineConfig config) =>
        [.. All(catalog, config).Select(check => check.Definition.Id)];

    /// <summary>The ids of the checks that the configuration does not leave out.</summary>
    /// <returns>The ids, in the order in which the checks are made.</returns>
    internal static IEnumerable<string> EnabledIds(LoyaltyCatalog catalog, PipelineConfig config) =>
        Ids(catalog, config).Where(id => IsEnabled(id, config));

    /// <summary>What the configuration says of checks that there are not.</summary>
    /// <returns><c>ConfigInvalid</c> for each, with the line.</returns>
    internal static IEnumerable<LoyaltyException> FindUnknown(LoyaltyCatalog catalog, PipelineConfig config)
    {
        if (config.Integrity.Checks.Count == 0)
            return [];
        var ids = Ids(catalog, config).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return config.Integrity.Checks.Where(entry => !ids.Contains(entry.Key))
            .Select(entry => entry.Value.Wrong($"there is no check {entry.Key}"));
    }

    /// <summary>Whether a pattern fits a name.</summary>
    /// <param name="pattern">The pattern: <c>*</c> and <c>?</c> stand for any characters and any one.</param>
    /// <param name="name">The id of a check, or the name of a table; case does not matter.</param>
    /// <returns>True where it fits.</returns>
    public static bool Fits(string pattern, string name) => NamePattern.Fits(pattern, name);

    /// <summary>Looks up the checks and tables that are named.</summary>
    /// <param name="checks">Ids of checks and patterns of them.</param>
    /// <param name="tables">Names of tables and patterns of them.</param>
    /// <param name="notFound">Hears of each id and name in full that there is no check of.</param>
    /// <returns>Those of the names and patterns that a check fits.</returns>
    public static (IReadOnlyList<string> Checks, IReadOnlyList<string> Tables) Find(
        LoyaltyCatalog catalog, PipelineConfig config, IReadOnlyList<string> checks, IReadOnlyList<string> tables,
        Action<LoyaltyException> notFound)
    {
        var all = All(catalog, config).ToList();
        foreach (var name in checks.Where(name => !NameMatch.IsPattern(name) && !HasCheck(name)))
            notFound(NoCheck(name));
        foreach (var name in tables.Where(name => !NameMatch.IsPattern(name) && !HasTable(name)))
            notFound(NoTable(name));
        return ([.. checks.Where(HasCheck)], [.. tables.Where(HasTable)]);

        bool HasCheck(string pattern) => all.Exists(check => Fits(pattern, check.Definition.Id));

        bool HasTable(string pattern) => all.Exists(check => IsAbout(check, pattern));
    }

    /// <summary>The checks that are asked for and enabled.</summary>
    /// <exception cref="LoyaltyException"><c>CheckUnknown</c>: a name fits no check, a table is none, or no check is left: one that is not
    /// made must not look like one that passed.</exception>
    internal static IReadOnlyList<Check> Select(LoyaltyCatalog catalog, PipelineConfig config, IntegrityOptions options)
    {
        var all = All(catalog, config).ToList();
        foreach (var pattern in options.Checks.Where(pattern => !all.Exists(check => Fits(pattern, check.Definition.Id))))
            throw NoCheck(pattern);
        foreach (var pattern in options.Tables.Where(pattern => !all.Exists(check => IsAbout(check, pattern))))
            throw NoTable(pattern);
        List<Check> asked =
        [
            .. all.Where(check =>
                (options.Suites.Count == 0 || options.Suites.Contains(check.Definition.Suite))
                && (options.Checks.Count == 0 || options.Checks.Any(pattern => Fits(pattern, check.Definition.Id)))
                && (options.Tables.Count == 0 || options.Tables.Any(pattern => IsAbout(check, pattern)))),
        ];
        if (asked.Count == 0)
            throw LoyaltyErrors.CheckUnknown.Because(
                "No check is of all that was asked for: suites, ids and tables.", remedy: NothingLeftRemedy);
        List<Check> enabled = [.. asked.Where(check => IsEnabled(check.Definition.Id, config))];
        return enabled.Count > 0
            ? enabled
            : throw LoyaltyErrors.CheckUnknown.Because("pipeline.yml leaves out each check that was asked for.", remedy: NothingLeftRemedy);
    }

    private static LoyaltyException NoCheck(string name) => LoyaltyErrors.CheckUnknown.Because($"There is no check {name}.", name);

    private static LoyaltyException NoTable(string name) =>
        LoyaltyErrors.CheckUnknown.Because($"No check is about a table {name}.", name, TableRemedy);

    private static bool IsEnabled(string id, PipelineConfig config) => config.Integrity.Checks.GetValueOrDefault(id)?.IsEnabled != false;

    // In the order of the suites, within them in the order of the tables.
    private static IEnumerable<Check> All(LoyaltyCatalog catalog, PipelineConfig config)
    {
        Check[] checks =
        [
            .. catalog.Sources.SelectMany(source => CatalogChecks.Of(source, CheckSuite.Sources).Concat(SourceChecks.Of(source))),
            .. new MasterChecks(catalog).All(),
            .. new ThresholdChecks(catalog).All(),
            .. new HistoryChecks(catalog).All(),
            .. new DeliveryChecks(catalog).All(),
            .. AnomalyChecks.All(catalog, config),
            .. config.Integrity.OwnChecks.Select(own => new OwnQueryCheck(own, own.Table is null ? null : catalog.Table(own.Table))),
        ];
        return checks.OrderBy(check => check.Definition.Suite);
    }

    private static bool IsAbout(Check check, string pattern) =>
        check.Definition.Table is { } table && (Fits(pattern, table.ToString()) || Fits(pattern, table.Table));
}
