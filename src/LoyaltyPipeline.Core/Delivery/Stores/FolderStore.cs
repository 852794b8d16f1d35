using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Delivery.Stores;

/// <summary>A folder. Files are written beside their place, flushed to the disk and then renamed into it.</summary>
/// <param name="root">The full path of the folder, which need not exist.</param>
internal sealed class FolderStore(string root) : IObjectStore
{
    // Begins with a dot, so that readers of the folder pass it over.
    private const string PartialSuffix = ".partial";

    private const int BufferBytes = 1 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public string Location => root;

    public Task CheckAsync(CancellationToken cancellationToken) => GuardAsync(() =>
    {
        for (var folder = root; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(folder))
                throw LoyaltyErrors.DestinationInvalid.Because($"The destination {root} cannot be a folder: {folder} is a file.", root);
        }

        return Task.FromResult(true);
    });

    public Task<StoredText?> ReadAsync(string key, CancellationToken cancellationToken) => GuardAsync<StoredText?>(async () =>
    {
        var path = PathOf(key);
        if (!File.Exists(path))
            return null;
        var content = await File.ReadAllTextAsync(path, cancellationToken);
        return new StoredText(content, VersionOf(content));
    });

    public Task<bool> DownloadAsync(string key, string path, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (!File.Exists(PathOf(key)))
            return false;
        await CopyAsync(PathOf(key), path, _ => { }, cancellationToken);
        return true;
    });

    public Task UploadAsync(string key, string path, string contentType, Action<long> sent, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await PlaceAsync(key, partial => CopyAsync(path, partial, sent, cancellationToken));
        return true;
    });

    public Task<bool> TryWriteAsync(string key, string content, string? expectedVersion, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        // Between comparing and renaming nobody else may do the same.
        await using var gate = await OpenGateAsync(key, cancellationToken);
        if ((await ReadAsync(key, cancellationToken))?.Version != expectedVersion)
            return false;
        await PlaceAsync(key, async partial =>
        {
            await using var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None);
            await file.WriteAsync(Utf8.GetBytes(content), cancellationToken);
            file.Flush(flushToDisk: true);
        });
        return true;
    });

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in await FilesAsync(prefix, cancellationToken))
        {
            if (!IsHidden(file.Name))
                yield return new StoredObject(KeyOf(file.FullName), file.Length, file.LastWriteTimeUtc);
        }
    }

    public async IAsyncEnumerable<UnfinishedUpload> ListUnfinishedAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in await FilesAsync(prefix, cancellationToken))
        {
            if (IsHidden(file.Name) && file.Name.EndsWith(PartialSuffix, StringComparison.Ordinal))
                yield return new UnfinishedUpload(KeyOf(file.FullName), file.FullName, file.LastWriteTimeUtc);
        }
    }

    public Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => GuardAsync(() =>
    {
        foreach (var path in keys.Select(PathOf))
        {
            if (File.Exists(path))
                File.Delete(path);
            RemoveEmptyFolders(Path.GetDirectoryName(path)!);
        }

        return Task.FromResult(true);
    });

    public Task AbortAsync(UnfinishedUpload upload, CancellationToken cancellationToken) => DeleteAsync([upload.Key], cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string VersionOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Utf8.GetBytes(content)));

    private static bool IsHidden(string name) => name.StartsWith('.');

    private static async Task CopyAsync(string from, string to, Action<long> sent, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        await using var target = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var buffer = new byte[BufferBytes];
        for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            sent(target.Position);
        }

        target.Flush(flushToDisk: true);
    }

    private async Task PlaceAsync(string key, Func<string, Task> write)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}{PartialSuffix}");
        try
        {
            await write(partial);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    private async Task<FileStream> OpenGateAsync(string key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var gate = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.lock");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(gate, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            }
        }
    }

    private Task<IReadOnlyList<FileInfo>> FilesAsync(string prefix, CancellationToken cancellationToken) => GuardAsync<IReadOnlyList<FileInfo>>(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var folder = new DirectoryInfo(Path.GetDirectoryName(PathOf(prefix + "x"))!);
        return Task.FromResult<IReadOnlyList<FileInfo>>(folder.Exists
            ? [.. folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => KeyOf(file.FullName).StartsWith(prefix, StringComparison.Ordinal)).OrderBy(file => file.FullName, StringComparer.Ordinal)]
            : []);
    });

    private void RemoveEmptyFolders(string folder)
    {
        for (; folder.Length > root.Length && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
            Directory.Delete(folder);
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
            throw LoyaltyErrors.DestinationDenied.Because($"The folder {root} may not be used: {exception.Message}", root, cause: exception);
        }
        catch (IOException exception)
        {
            throw LoyaltyErrors.DestinationUnavailable.Because($"The folder {root} cannot be used: {exception.Message}", root, cause: exception);
        }
    }
}
