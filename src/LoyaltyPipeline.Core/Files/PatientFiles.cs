using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Files;

/// <summary>
/// The one place in which files and folders are moved, replaced and removed: where another program has one open, it insists.
/// </summary>
internal static class PatientFiles
{
    /// <summary>Moves a file to where none is.</summary>
    /// <param name="to">Its new path.</param>
    /// <exception cref="LoyaltyException"><c>FileInUse</c>.</exception>
    public static void Move(string from, string to, CancellationToken cancellationToken) =>
        FilePatience.Usual(cancellationToken).Insist(() => File.Move(from, to), "moved", from, to);

    /// <summary>Moves a file, in place of the one that is there.</summary>
    /// <exception cref="LoyaltyException"><c>FileInUse</c>.</exception>
    public static void Replace(string from, string to, CancellationToken cancellationToken) =>
        FilePatience.Usual(cancellationToken).Insist(() => File.Move(from, to, overwrite: true), "replaced", to, from);

    /// <summary>Removes a file; of a link the link itself.</summary>
    /// <param name="path">The file, which need not exist.</param>
    /// <exception cref="LoyaltyException"><c>FileInUse</c>.</exception>
    public static void Delete(string path, CancellationToken cancellationToken) =>
        FilePatience.Usual(cancellationToken).Insist(() => File.Delete(path), "removed", path);

    /// <summary>Removes a file where that is possible; whoever calls this goes on either way.</summary>
    /// <returns>Whether it is gone.</returns>
    public static bool TryDelete(string path) => Try(() => Delete(path, CancellationToken.None));

    /// <summary>Removes an empty folder where that is possible; whoever calls this goes on either way.</summary>
    /// <returns>Whether it is gone.</returns>
    public static bool TryDeleteEmptyFolder(string path, CancellationToken cancellationToken) =>
        TryDeleteEmptyFolder(path, FilePatience.Usual(cancellationToken));

    /// <summary>
    /// Removes a file that is needed no longer and may hold personal data, or empties it where it cannot be removed. Never fails: whoever
    /// cleans up has a result, or a failure that comes first. Nor does it give up early: a run that was cancelled cleans up too.
    /// </summary>
    /// <param name="path">The file, which need not exist.</param>
    /// <returns>Whether it is gone.</returns>
    public static bool Discard(string path) => Discard(path, FilePatience.Usual(CancellationToken.None));

    /// <summary>Removes what is in a folder, like <see cref="Discard(string)"/> each.</summary>
    /// <param name="except">The name of a file that stays.</param>
    /// <param name="patience">How long all of it may take.</param>
    /// <returns>Whether nothing else is left.</returns>
    public static bool DiscardContent(string folder, string? except, FilePatience patience)
    {
        var isEmpty = true;
        Try(() =>
        {
            foreach (var entry in Directory.EnumerateFileSystemEntries(folder).Where(entry => Path.GetFileName(entry) != except))
                isEmpty &= Directory.Exists(entry) && !FileFacts.IsLink(entry)
                    ? DiscardContent(entry, except: null, patience) && TryDeleteEmptyFolder(entry, patience)
                    : Discard(entry, patience);
        });
        return isEmpty;
    }

    private static bool Discard(string path, FilePatience patience)
    {
        if (Try(() => patience.Insist(() => File.Delete(path), "removed", path)))
            return true;
        Try(() =>
        {
            if (FileFacts.KindOf(path) == PathKind.File && !FileFacts.IsLink(path))
                new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        });
        return false;
    }

    private static bool TryDeleteEmptyFolder(string path, FilePatience patience) =>
        Try(() => patience.Insist(() => Directory.Delete(path), "removed", path));

    private static bool Try(Action change)
    {
        try
        {
            change();
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or LoyaltyException)
        {
            return false;
        }
    }
}
