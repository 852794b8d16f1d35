using System.Runtime.CompilerServices;
using System.Text;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Hashing;

namespace LoyaltyPipeline.Core.Stores.Folder;

/// <summary>A folder. Files are written beside their place, flushed to the disk and then renamed into it.</summary>
/// <param name="root">The full path of the folder, which need not exist.</param>
internal sealed class FolderStore(string root) : IObjectStore
{
    // Begins with a dot, so that readers of the folder pass it over.
    private const string PartialSuffix = ".partial";

    private const int BufferBytes = 1 << 20;

    // Links are passed over: what they lead to is listed where it lies, or is not the store's.
    private static readonly EnumerationOptions OwnFiles = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public string Location => root;

    // On the disk of the destination a file is stored by renaming it.
    public string WorkRoot => root;

    public Task CheckAsync(CancellationToken cancellationToken) => GuardAsync(() =>
    {
        for (var folder = root; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (FileFacts.NoFolder(folder) is { } what)
                throw LoyaltyErrors.DestinationInvalid.Because($"The destination {root} cannot be a folder: {folder} is {what}.", root);
        }

        return Task.FromResult(true);
    });

    public Task<StoredText?> ReadAsync(string key, CancellationToken cancellationToken) => GuardAsync(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(key);
        if (!IsThere(path))
            return Task.FromResult<StoredText?>(null);
        var content = FilePatience.Usual(cancellationToken).Insist(() => File.ReadAllText(path), "read", path);
        return Task.FromResult<StoredText?>(new StoredText(content, TextHash.Sha256(content)));
    });

    public Task<bool> DownloadAsync(string key, string path, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (!IsThere(PathOf(key)))
            return false;
        await using var source = FilePatience.Usual(cancellationToken)
            .Insist(
                () => new FileStream(
                    PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan), "read",
                    PathOf(key));
        await using var target = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        await source.CopyToAsync(target, BufferBytes, cancellationToken);
        return true;
    });

    public Task UploadAsync(
        string key, string path, string contentType, Action<long> sent, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        await PlaceAsync(key, partial =>
        {
            Take(path, partial, cancellationToken);
            using (var file = FilePatience.Usual(cancellationToken)
                .Insist(() => new FileStream(partial, FileMode.Open, FileAccess.ReadWrite), "written", partial))
                file.Flush(flushToDisk: true);
            return Task.CompletedTask;
        }, cancellationToken);
        sent(new FileInfo(PathOf(key)).Length);
        return true;
    });

    public Task<bool> TryWriteAsync(
        string key, string content, string? expectedVersion, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        // Between comparing and renaming nobody else may do the same.
        await using var gate = OpenGate(key, cancellationToken);
        if ((await ReadAsync(key, cancellationToken))?.Version != expectedVersion)
            return false;
        await PlaceAsync(key, async partial =>
        {
            await using var file = PrivateFiles.Create(partial);
            await file.WriteAsync(Utf8.GetBytes(content), cancellationToken);
            file.Flush(flushToDisk: true);
        }, cancellationToken);
        return true;
    });

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in await FilesAsync(prefix, cancellationToken))
        {
            if (!IsHidden(file))
                yield return new StoredObject(KeyOf(file.FullName), file.Length, file.LastWriteTimeUtc);
        }
    }

    public async IAsyncEnumerable<UnfinishedUpload> ListUnfinishedAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in await FilesAsync(prefix, cancellationToken))
        {
            if (IsHidden(file) && file.Name.EndsWith(PartialSuffix, StringComparison.Ordinal))
                yield return new UnfinishedUpload(KeyOf(file.FullName), file.FullName, file.LastWriteTimeUtc);
        }
    }

    public Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => GuardAsync(() =>
    {
        foreach (var path in keys.Select(PathOf))
        {
            DemandInside(Path.GetDirectoryName(path)!);
            // Of a link the link itself, not what it leads to.
            if (File.Exists(path) || FileFacts.IsLink(path))
                PatientFiles.Delete(path, cancellationToken);
            RemoveEmptyFolders(Path.GetDirectoryName(path)!, cancellationToken);
        }

        return Task.FromResult(true);
    });

    public Task AbortAsync(UnfinishedUpload upload, CancellationToken cancellationToken) => DeleteAsync([upload.Key], cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // On Windows a file that is moved keeps the access of the folder in which it was made, and whoever reads the destination could not read
    // it.
    private static void Take(string path, string partial, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows())
        {
            PatientFiles.Move(path, partial, cancellationToken);
            return;
        }

        File.Copy(path, partial);
        PatientFiles.Discard(path);
    }

    private bool IsHidden(FileInfo file) => KeyOf(file.FullName).Split('/').Any(part => part.StartsWith('.'));

    private async Task PlaceAsync(string key, Func<string, Task> write, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        DemandInside(Path.GetDirectoryName(path)!);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        var partial = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}{PartialSuffix}");
        try
        {
            await write(partial);
            PrivateFiles.Adopt(partial, path);
            PatientFiles.Replace(partial, path, cancellationToken);
        }
        catch
        {
            PatientFiles.Discard(partial);
            throw;
        }
    }

    private FileStream OpenGate(string key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        DemandInside(Path.GetDirectoryName(path)!);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        var gate = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.lock");
        return FilePatience.Usual(cancellationToken)
            .Insist(
                () => new FileStream(
                    gate, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose), "locked",
                    gate);
    }

    private Task<IReadOnlyList<FileInfo>> FilesAsync(
        string prefix, CancellationToken cancellationToken) => GuardAsync<IReadOnlyList<FileInfo>>(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var folder = new DirectoryInfo(Path.GetDirectoryName(PathOf(prefix + "x"))!);
        DemandInside(folder.FullName);
        return Task.FromResult<IReadOnlyList<FileInfo>>(folder.Exists
            ? [.. folder.EnumerateFiles("*", OwnFiles).Where(file => FileFacts.KindOf(file.FullName) == PathKind.File)
                .Where(file => KeyOf(file.FullName).StartsWith(prefix, StringComparison.Ordinal))
                .OrderBy(file => file.FullName, StringComparer.Ordinal)]
            : []);
    });

    private void RemoveEmptyFolders(string folder, CancellationToken cancellationToken)
    {
        while (folder.Length > root.Length && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()
            && PatientFiles.TryDeleteEmptyFolder(folder, cancellationToken))
            folder = Path.GetDirectoryName(folder)!;
    }

    // Whether there is a file that can be read to its end.
    private bool IsThere(string path)
    {
        var kind = FileFacts.KindOf(path);
        if (kind is not PathKind.Nothing)
            DemandInside(path);
        return kind switch
        {
            PathKind.Nothing or PathKind.Folder => false,
            PathKind.File => true,
            _ => throw LoyaltyErrors.DestinationInvalid.Because(
                $"{path} is no regular file.", path, "Remove it, or put a file in its place."),
        };
    }

    // What lies behind a link that leads out of the folder is not the store's to read, write or remove.
    private void DemandInside(string path)
    {
        if (!RealPath.IsSamePlace(root, path) && !RealPath.IsIn(root, path))
            throw LoyaltyErrors.DestinationInvalid.Because(
                $"{path} leads out of the destination {root}, to {RealPath.Of(path)}.", path,
                "Replace the link by what it leads to, or deliver to the folder that it leads to.");
    }

    private string PathOf(string key) => Path.Combine(root, key.Replace('/', Path.DirectorySeparatorChar));

    private string KeyOf(string path) => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');

    private async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw LoyaltyErrors.DestinationDenied.Because(
                $"The folder {root} may not be used: {exception.Message}", root, cause: exception);
        }
        catch (IOException exception)
        {
            throw FileUse.ErrorOf(exception, root, "used")
                ?? LoyaltyErrors.DestinationUnavailable.Because(
                    $"The folder {root} cannot be used: {exception.Message}", root, cause: exception);
        }
    }
}
