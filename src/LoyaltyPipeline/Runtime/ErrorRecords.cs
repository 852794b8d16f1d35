using System.Management.Automation;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Runtime;

/// <summary>Makes PowerShell's error records of exceptions.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of a failure: one of the catalogue keeps its id and remedy, any other is called unexpected.</summary>
    /// <param name="exception">The failure; it stays in the record.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord Of(Exception exception) => exception switch
    {
        LoyaltyException known => new ErrorRecord(known, known.ErrorId, CategoryOf(known.Definition.Kind), TargetOf(known))
        {
            ErrorDetails = new ErrorDetails(known.Message) { RecommendedAction = known.Remedy },
        },
        _ => new ErrorRecord(exception, LoyaltyErrors.UnexpectedFailure.Id, CategoryOf(exception), targetObject: null)
        {
            ErrorDetails = new ErrorDetails($"{exception.GetType().Name}: {exception.Message}")
            {
                RecommendedAction = LoyaltyErrors.UnexpectedFailure.Remedy,
            },
        },
    };

    // A day as the objects have it that cmdlets emit.
    private static object? TargetOf(LoyaltyException failure) =>
        failure.Target is DateOnly day ? day.ToDateTime(TimeOnly.MinValue) : failure.Target;

    private static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidInput => ErrorCategory.InvalidArgument,
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.Busy => ErrorCategory.ResourceBusy,
        ErrorKind.InvalidOperation => ErrorCategory.InvalidOperation,
        ErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        ErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.NotSpecified,
    };

    private static ErrorCategory CategoryOf(Exception exception) => exception switch
    {
        UnauthorizedAccessException => ErrorCategory.PermissionDenied,
        IOException => ErrorCategory.ResourceUnavailable,
        TimeoutException or OperationCanceledException => ErrorCategory.OperationTimeout,
        NotImplementedException or NotSupportedException => ErrorCategory.NotImplemented,
        _ => ErrorCategory.NotSpecified,
    };
}
