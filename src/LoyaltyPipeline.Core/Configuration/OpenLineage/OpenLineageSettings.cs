using LoyaltyPipeline.Core.Configuration.Notify;

namespace LoyaltyPipeline.Core.Configuration.OpenLineage;

/// <summary>Where events of runs go that OpenLineage describes: the section <c>openlineage</c> of <c>pipeline.yml</c>.</summary>
public sealed record OpenLineageSettings
{
    /// <summary>The namespace of jobs and tables.</summary>
    public string Namespace { get; init; } = "loyalty";

    /// <summary>A file that each event is a line of; null for none.</summary>
    public string? File { get; init; }

    /// <summary>The address of an endpoint; null for none.</summary>
    public Uri? Url { get; init; }

    /// <summary>Where the key is that is sent with events; null for none.</summary>
    public SecretSource? ApiKey { get; init; }

    /// <summary>How long sending an event may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether events go anywhere.</summary>
    internal bool IsWanted => File is not null || Url is not null;
}
