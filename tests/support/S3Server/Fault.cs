namespace LoyaltyPipeline.S3Support;

/// <summary>What goes wrong with one request.</summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>Never answers.</summary>
    public static Fault Hang { get; } = new(FaultKind.Hang);

    /// <summary>How long a <see cref="FaultKind.Delay"/> is.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>After which part of a body it happens, from 0 to 1.</summary>
    public double Part { get; init; } = 0.5;

    /// <summary>What is answered; null for faults that are none.</summary>
    public S3Error? Error { get; init; } = Kind switch
    {
        FaultKind.InternalError => S3Error.InternalError,
        FaultKind.SlowDown => S3Error.SlowDown,
        FaultKind.ExpiredToken => S3Error.ExpiredToken,
        FaultKind.OtherError => S3Error.AccessDenied,
        _ => null,
    };

    /// <summary>Answers an error.</summary>
    public static Fault Answer(S3Error error) => new(FaultKind.OtherError) { Error = error };
}
