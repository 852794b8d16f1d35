namespace LoyaltyPipeline.Core.Stores;

/// <summary>
/// Where deliveries lie: a folder, or a bucket with a prefix. Keys are relative to it, with <c>/</c> between their parts.
/// </summary>
public interface IObjectStore : IAsyncDisposable
{
    /// <summary>The folder by its full path, or <c>s3://bucket/prefix</c>.</summary>
    string Location { get; }

    /// <summary>Where files are best written that are stored later: a folder that need not exist.</summary>
    string WorkRoot { get; }

    /// <summary>Finds out within seconds whether the store answers and lets one in.</summary>
    /// <returns>When it is known.</returns>
    /// <exception cref="Errors.LoyaltyException">One of those whose id begins with <c>Destination</c>, as from every other
    /// member.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Reads a small object.</summary>
    /// <returns>Its content; null where there is no such object.</returns>
    Task<StoredText?> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Brings an object into a local file.</summary>
    /// <param name="path">The file, which is made or overwritten.</param>
    /// <returns>Whether there is such an object.</returns>
    Task<bool> DownloadAsync(string key, string path, CancellationToken cancellationToken);

    /// <summary>Stores a file; it is visible whole or not at all. The file itself may be taken: the caller no longer needs it.</summary>
    /// <param name="contentType">The media type.</param>
    /// <param name="sent">Hears how many bytes of the file have been sent so far.</param>
    /// <param name="cancellationToken">Gives up; nothing of it is left behind, unless the store cannot be reached.</param>
    /// <returns>When it is stored.</returns>
    Task UploadAsync(string key, string path, string contentType, Action<long> sent, CancellationToken cancellationToken);

    /// <summary>Stores a small object in place of what was read before.</summary>
    /// <param name="content">The new content.</param>
    /// <param name="expectedVersion">The version that was read; null where there was none.</param>
    /// <returns>Whether it was stored; false where somebody else has stored another version since.</returns>
    Task<bool> TryWriteAsync(string key, string content, string? expectedVersion, CancellationToken cancellationToken);

    /// <summary>Lists objects.</summary>
    /// <param name="prefix">How their keys begin.</param>
    /// <returns>The objects by key.</returns>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Lists uploads that were begun and not ended.</summary>
    /// <param name="prefix">How their keys begin.</param>
    IAsyncEnumerable<UnfinishedUpload> ListUnfinishedAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Removes objects; those that do not exist are passed over.</summary>
    /// <returns>When they are gone.</returns>
    Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Ends an unfinished upload, so that nothing of it is kept.</summary>
    /// <returns>When it is gone.</returns>
    Task AbortAsync(UnfinishedUpload upload, CancellationToken cancellationToken);
}
