using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Files;

/// <summary>
/// Writes the files of a delivery and sends them: while some are written, others are sent. A file is removed as soon as it has been sent,
/// and only a few exist at a time, so that neither disk nor memory fills.
/// </summary>
internal sealed class PartSender : IAsyncDisposable
{
    // Writing a file keeps one core busy; two keep a core busy while one of them waits for the disk.
    private static readonly int Writers = Math.Max(2, Environment.ProcessorCount);
    private static readonly int PartsAtOnce = 2 * Writers;

    private readonly DeliveryPlan _plan;
    private readonly IObjectStore _store;
    private readonly WorkFolder _work;
    private readonly IReadOnlyList<string> _types;
    private readonly UnloadSessions _sessions;

    /// <summary>Makes a sender.</summary>
    /// <param name="store">Where files go.</param>
    /// <param name="work">Where files are until they have been sent.</param>
    public PartSender(IWarehouse warehouse, DeliveryPlan plan, IObjectStore store, WorkFolder work)
    {
        _plan = plan;
        _store = store;
        _work = work;
        _sessions = new UnloadSessions(warehouse, plan.Form, Writers);
        _types = [.. plan.Form.ManifestColumns(plan.Mode).Select(column => column.Type)];
    }

    private Consumer Consumer => _plan.Consumer;

    /// <summary>Writes a file, and measures it.</summary>
    /// <param name="query">SQL of its rows.</param>
    /// <param name="compression">How it is compressed.</param>
    /// <returns>Its size in bytes.</returns>
    public async Task<long> MeasureAsync(DeliveryPart part, string query, FileCompression compression, CancellationToken cancellationToken)
    {
        var written = await WriteAsync(part, query, compression, cancellationToken);
        var bytes = written.Length;
        PatientFiles.Discard(written.FullName);
        return bytes;
    }

    /// <summary>Writes and sends files.</summary>
    /// <param name="query">SQL of the rows of a range of users.</param>
    /// <returns>The files, in order.</returns>
    public async Task<IReadOnlyList<ManifestFile>> SendAsync(
        IReadOnlyList<DeliveryPart> parts, Func<UserRange, string> query, TransferProgress progress,
        CancellationToken cancellationToken)
    {
        var files = new ManifestFile[parts.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            parts, limits,
            async (part, token) => files[part.Number - 1] = await SendAsync(part, query(part.Users), progress, token));
        return files;
    }

    /// <summary>Closes the sessions.</summary>
    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    private async Task<ManifestFile> SendAsync(
        DeliveryPart part, string query, TransferProgress progress, CancellationToken cancellationToken)
    {
        var written = await WriteAsync(part, query, Consumer.Compression, cancellationToken);
        var file = new ManifestFile
        {
            Name = DeliveryLayout.FileName(part.Number, Consumer),
            Rows = part.Rows,
            Bytes = written.Length,
            Sha256 = await FileDigest.Sha256Async(written.FullName, cancellationToken),
        };
        progress.Report(part, sent: 0, file.Bytes);
        await _store.UploadAsync(
            $"{_plan.Folder}/{file.Name}", written.FullName, DeliveryLayout.ContentType(Consumer.Format, Consumer.Compression),
            sent => progress.Report(part, sent, file.Bytes), cancellationToken);
        progress.Report(part, file.Bytes, file.Bytes);
        PatientFiles.Discard(written.FullName);
        return file;
    }

    private Task<FileInfo> WriteAsync(
        DeliveryPart part, string query, FileCompression compression, CancellationToken cancellationToken) => _work.RunAsync(async folder =>
    {
        var path = Path.Combine(folder, $"part-{part.Number:00000}");
        var format = new UnloadFormat(Consumer.Format, compression, Consumer.NullToken, _types);
        part.Demand(
            await _sessions.RunAsync(session => session.UnloadAsync(query, format, path, cancellationToken), cancellationToken),
            Consumer.Name);
        return new FileInfo(path);
    });
}
