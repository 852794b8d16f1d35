namespace LoyaltyPipeline.Core.Errors;

/// <summary>What kind of failure an error is. The cmdlets map it to PowerShell's error categories.</summary>
public enum ErrorKind
{
    /// <summary>A value the user gave cannot be used.</summary>
    InvalidInput,

    /// <summary>Stored or delivered data is not as it must be.</summary>
    InvalidData,

    /// <summary>Something that was named does not exist.</summary>
    NotFound,

    /// <summary>Something is in use by somebody else.</summary>
    Busy,

    /// <summary>The operation is not possible in the present state.</summary>
    InvalidOperation,

    /// <summary>Access was refused.</summary>
    PermissionDenied,

    /// <summary>A service, a file or an engine failed.</summary>
    Unavailable,
}
