using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Runtime;

/// <summary>Failures that only a PowerShell session can have; the rest of the catalogue is Core's.</summary>
internal static class ModuleErrors
{
    /// <summary>A path is not of the file system.</summary>
    public static readonly ErrorDefinition PathNotSupported = new(nameof(PathNotSupported), ErrorKind.InvalidInput,
        "Give the path of a file or folder; a relative one is taken from the current location, which must be a folder.");

    /// <summary>
    /// What has to be confirmed runs where nobody can be asked: without a terminal, or with standard input at its end. Nothing was done.
    /// </summary>
    public static readonly ErrorDefinition ConfirmationUnavailable = new(nameof(ConfirmationUnavailable), ErrorKind.InvalidOperation,
        "Give -Confirm:$false where it is meant, or -WhatIf to see what would be done.");

    /// <summary>What comes down the pipeline is nothing that the cmdlet can go on from. Nothing was done.</summary>
    public static readonly ErrorDefinition InputNotSupported = new(nameof(InputNotSupported), ErrorKind.InvalidInput,
        "Give what is meant by parameters, such as -RunDate; about_LoyaltyPipeline says which cmdlet goes on from which.");

    /// <summary>A cmdlet before in the pipeline reported an error, or did not come to its end. Nothing was done.</summary>
    public static readonly ErrorDefinition StepFailed = new(nameof(StepFailed), ErrorKind.InvalidOperation,
        "Mend what the error before names and run the whole line again; run by itself, the cmdlet works on the warehouse as it is.");
}
