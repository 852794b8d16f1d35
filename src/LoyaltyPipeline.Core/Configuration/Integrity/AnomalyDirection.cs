namespace LoyaltyPipeline.Core.Configuration.Integrity;

/// <summary>On which side of what is expected a figure is unusual.</summary>
public enum AnomalyDirection
{
    /// <summary>On either.</summary>
    Both,

    /// <summary>Above: less is no reason for alarm, as with the seconds of a run.</summary>
    Up,
}
