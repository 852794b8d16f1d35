namespace LoyaltyPipeline.Core.RunEvents;

/// <summary>What an event says of a run.</summary>
internal enum RunEventType
{
    Start,
    Complete,
    Fail,

    /// <summary>It was stopped before its end.</summary>
    Abort,
}
