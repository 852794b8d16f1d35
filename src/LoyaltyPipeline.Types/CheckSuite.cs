namespace LoyaltyPipeline;

/// <summary>What a check looks at.</summary>
public enum CheckSuite
{
    /// <summary>The tables that departments deliver.</summary>
    Sources,

    /// <summary>Master, and whether it follows from the sources.</summary>
    Master,

    /// <summary>History, the written days and the run log.</summary>
    History,

    /// <summary>What was delivered, and to whom.</summary>
    Deliveries,

    /// <summary>Metrics that are not as their past lets expect.</summary>
    Anomalies,
}
