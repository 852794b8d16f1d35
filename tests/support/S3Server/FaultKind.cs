namespace LoyaltyPipeline.S3Support;

/// <summary>What can go wrong between a client and a server.</summary>
public enum FaultKind
{
    /// <summary>The connection is reset as soon as the head of the request was read; the server hears nothing.</summary>
    ResetBeforeRequest,

    /// <summary>The connection is reset when a part of the request's body has gone to the server.</summary>
    ResetInRequestBody,

    /// <summary>The request is read to its end and the connection reset; the server hears nothing.</summary>
    ResetBeforeResponse,

    /// <summary>
    /// The connection is reset when a part of the response's body has gone to the client; where it has none, in its head.
    /// </summary>
    ResetInResponseBody,

    /// <summary>The connection is closed, in good order, when a part of the response's body has gone to the client.</summary>
    TruncatedResponse,

    /// <summary>The server does what was asked, and the connection is reset instead of telling the client.</summary>
    LostAnswer,

    /// <summary>The request is held for a while and then passed on.</summary>
    Delay,

    /// <summary>Answered with 500 InternalError; the server hears nothing.</summary>
    InternalError,

    /// <summary>Answered with 503 SlowDown; the server hears nothing.</summary>
    SlowDown,

    /// <summary>Answered with 400 ExpiredToken; the server hears nothing.</summary>
    ExpiredToken,

    /// <summary>Answered with an error that a rule chose; the server hears nothing. Not drawn at random.</summary>
    OtherError,

    /// <summary>Read and never answered; the server hears nothing. Not drawn at random.</summary>
    Hang,
}
