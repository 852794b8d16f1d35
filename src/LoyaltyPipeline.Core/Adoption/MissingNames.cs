using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Adoption;

/// <summary>The names in full of a query that no row of the day has had so far.</summary>
internal sealed class MissingNames(AdoptionQuery query)
{
    private readonly List<string> _regions = Full(query.Regions);
    private readonly List<string> _modules = Full(query.Modules);
    private readonly List<string> _features = Full(query.Features);

    /// <summary>Strikes out the names that a row has, whether or not it is asked for.</summary>
    public void Saw(FeatureAdoption adoption)
    {
        _regions.RemoveAll(
            name => NamePattern.Fits(name, adoption.RegionCode) || (adoption.RegionName is { } region && NamePattern.Fits(name, region)));
        _modules.RemoveAll(name => NamePattern.Fits(name, adoption.ModuleName));
        _features.RemoveAll(name => NamePattern.Fits(name, adoption.FeatureName));
    }

    /// <summary>Tells of what is left.</summary>
    public void Report(DateOnly day, IRunReporter reporter)
    {
        foreach (var (definition, what, names) in new[] { (LoyaltyErrors.RegionNotFound, "region", _regions),
            (LoyaltyErrors.ModuleNotFound, "module", _modules), (LoyaltyErrors.FeatureNotFound, "feature", _features) })
        {
            foreach (var name in names)
                reporter.NotFound(definition.Because($"No adoption is counted for a {what} {name} on {day:yyyy-MM-dd}.", name));
        }
    }

    private static List<string> Full(IReadOnlyList<string> names) =>
        [.. names.Where(name => !NameMatch.IsPattern(name)).Distinct(StringComparer.OrdinalIgnoreCase)];
}
