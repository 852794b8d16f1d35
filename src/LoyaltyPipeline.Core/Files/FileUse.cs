using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Files;

/// <summary>
/// Tells that another program has a file open: by the number of the failure, since its words are in the language of the machine.
/// </summary>
internal static class FileUse
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int FolderNotEmpty = unchecked((int)0x80070091);

    // Where .NET locks files by flock it passes on the number of the system.
    private static readonly int TakenByLock = OperatingSystem.IsLinux() ? 11 : OperatingSystem.IsWindows() ? SharingViolation : 35;

    /// <summary>Whether a failure says that another program has a file open.</summary>
    public static bool IsInUse(Exception failure) =>
        failure is IOException && (failure.HResult is SharingViolation or LockViolation || failure.HResult == TakenByLock);

    /// <summary>
    /// Whether a failure may be gone in a moment. Windows also denies access to replace what another program reads, and to what is being
    /// removed; and a folder is not empty as long as one of its files, removed already, is still open.
    /// </summary>
    public static bool MayPass(Exception failure) =>
        IsInUse(failure) || (OperatingSystem.IsWindows() && (failure is UnauthorizedAccessException || failure.HResult == FolderNotEmpty));

    /// <summary>Whether another program has a file open right now.</summary>
    /// <returns>Whether it has; where the file cannot be looked at it is not known, and no is the answer.</returns>
    public static bool IsHeld(string path) =>
        !FileFacts.IsSpecial(path) && TryOpen(path, FileAccess.Read) is { } failure && IsInUse(failure);

    /// <summary>Whether a file can be opened for nobody else right now: what kept somebody from it a moment ago has passed.</summary>
    public static bool IsFree(string path) => !FileFacts.IsSpecial(path) && TryOpen(path, FileAccess.ReadWrite) is null;

    // Why a file cannot be opened for nobody else. Of a device or a pipe nobody knows, and opening it may take for ever.
    private static Exception? TryOpen(string path, FileAccess access)
    {
        try
        {
            File.OpenHandle(path, FileMode.Open, access, FileShare.None).Dispose();
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure;
        }
    }

    /// <summary>The error of a failure that says that another program has a file open.</summary>
    /// <param name="path">The file or the folder that was at hand.</param>
    /// <param name="verb">What could not be done with it.</param>
    /// <returns>The error; null where the failure says something else.</returns>
    public static LoyaltyException? ErrorOf(Exception failure, string path, string verb) =>
        IsInUse(failure) ? Error(path, verb, failure) : null;

    /// <summary>The error of a file that another program has open.</summary>
    /// <param name="verb">What could not be done with it.</param>
    /// <param name="cause">The failure behind it.</param>
    public static LoyaltyException Error(string path, string verb, Exception cause) =>
        LoyaltyErrors.FileInUse.Because($"{path} cannot be {verb}: another program has it open.", path, cause: cause);
}
