namespace LoyaltyPipeline.Core.Configuration.Integrity;

/// <summary>How integrity is checked: the section <c>integrity</c> of <c>pipeline.yml</c>.</summary>
public sealed record IntegritySettings
{
    /// <summary>What is said of checks, by id.</summary>
    public IReadOnlyDictionary<string, CheckOverride> Checks { get; init; } = new Dictionary<string, CheckOverride>(
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks of the user's own.</summary>
    public IReadOnlyList<OwnCheck> OwnChecks { get; init; } = [];

    /// <summary>How the days of metrics are judged, with the holidays.</summary>
    public AnomalySettings Anomalies { get; init; } = new();

    /// <summary>The days that ought to be written.</summary>
    public CalendarSettings Calendar { get; init; } = new();
}
