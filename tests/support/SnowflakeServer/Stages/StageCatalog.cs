using System.Collections.Concurrent;
using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Sessions;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>The stages: one of each user, and those that CREATE STAGE makes. Folders stand for what is outside Snowflake.</summary>
/// <param name="folder">Where internal stages are kept.</param>
internal sealed class StageCatalog(string folder)
{
    private readonly ConcurrentDictionary<ObjectName, string?> _stages = new();
    private readonly ConcurrentDictionary<string, (string? Folder, IExternalLocation? Location)> _outside = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(ObjectName Table, string File, DateTime Written, long Length), bool> _loaded = new();

    /// <summary>Lets a folder stand for an address outside Snowflake.</summary>
    /// <param name="url">The address, such as <c>s3://bucket/path</c>.</param>
    public void Map(string url, string path) => _outside[url.TrimEnd('/')] = (path, null);

    /// <summary>Lets a place stand for an address outside Snowflake.</summary>
    /// <param name="url">The address, such as <c>s3://bucket/path</c>.</param>
    public void Map(string url, IExternalLocation location) => _outside[url.TrimEnd('/')] = (null, location);

    /// <summary>Where a stage is.</summary>
    /// <returns>The address; empty inside Snowflake.</returns>
    /// <exception cref="SnowflakeError">There is no such stage.</exception>
    public string AddressOf(ObjectName name) =>
        _stages.TryGetValue(name, out var url) ? url ?? "" : throw SnowflakeError.NoObject("Stage", name.ToString());

    /// <summary>Makes a stage.</summary>
    /// <param name="url">Where it is; null inside Snowflake.</param>
    /// <param name="replaces">Whether a stage that is there is replaced.</param>
    /// <returns>False where there is one already.</returns>
    public bool Create(ObjectName name, string? url, bool replaces)
    {
        if (!replaces)
            return _stages.TryAdd(name, url);
        _stages[name] = url;
        return true;
    }

    /// <summary>Drops a stage.</summary>
    /// <returns>False where there is none.</returns>
    public bool Drop(ObjectName name) => _stages.TryRemove(name, out _);

    /// <summary>Notes that a file was loaded: Snowflake loads an unchanged file into a table once.</summary>
    /// <returns>False where it was loaded before.</returns>
    public bool Remember(ObjectName table, FileInfo file) =>
        _loaded.TryAdd((table, file.FullName, file.LastWriteTimeUtc, file.Length), true);

    /// <summary>Whether a file was loaded into a table.</summary>
    public bool Remembers(ObjectName table, FileInfo file) =>
        _loaded.ContainsKey((table, file.FullName, file.LastWriteTimeUtc, file.Length));

    /// <summary>Finds a location.</summary>
    /// <param name="session">Whose user's stage <c>@~</c> is.</param>
    /// <param name="text">The location, with its at sign.</param>
    /// <exception cref="SnowflakeError">There is no such stage.</exception>
    public StageLocation Find(Session session, string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var stage = slash < 0 ? text[1..] : text[1..slash];
        var path = slash < 0 ? "" : text[(slash + 1)..];
        if (path.Split('/').Contains("..", StringComparer.Ordinal))
            throw new SnowflakeError("001005", "42601", $"SQL compilation error:\ninvalid stage location '{text}'.");
        if (stage == "~")
            return new StageLocation(Path.Combine(folder, "users", session.User), path, "");
        if (stage.StartsWith('%'))
            return new StageLocation(Path.Combine(folder, "tables", session.Resolve([stage[1..].ToUpperInvariant()]).ToString()), path, "");
        var name = session.Resolve([.. stage.Split('.').Select(part => part.StartsWith('"') ? part.Trim('"') : part.ToUpperInvariant())]);
        if (!_stages.TryGetValue(name, out var url))
            throw SnowflakeError.NoObject("Stage", name.ToString());
        return url is null
            ? new StageLocation(Path.Combine(folder, "named", name.ToString()), path, $"{name.Name.ToLowerInvariant()}/")
            : Outside(url, path);
    }

    private StageLocation Outside(string url, string path)
    {
        var address = url.TrimEnd('/');
        foreach (var (known, mapped) in _outside)
        {
            if (address == known || address.StartsWith(known + "/", StringComparison.Ordinal))
                return new StageLocation(
                    mapped.Folder ?? Path.Combine(folder, "outside"), (address[known.Length..].TrimStart('/') + "/" + path).TrimStart('/'),
                    known + "/", mapped.Location);
        }

        throw new SnowflakeError(
            "091003", "55000", $"Failure using stage area. Cause: [Access Denied (Status Code: 403; Error Code: AccessDenied)] for {url}");
    }
}
