using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Files;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Outputs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Extracts;

/// <summary>
/// Writes a view into a file for tools that read files, and beside it what its columns mean. Each replaces what was there, whole or not at
/// all.
/// </summary>
public static class ExtractWriter
{
    private const string JsonType = "application/json";

    /// <summary>Writes an extract.</summary>
    /// <param name="options">Of what, and where to.</param>
    /// <returns>What was written, or for a plan what would be.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>QueryFailed</c>, and those whose id begins with
    /// <c>Destination</c>.</exception>
    public static async Task<ExtractResult> WriteAsync(
        IWarehouse warehouse, PipelineDefinition pipeline, ExtractOptions options, CancellationToken cancellationToken)
    {
        var file = options.File;
        var json = DescriptionName(file);
        await using var store = ObjectStores.Open(options.Destination, options.S3);
        await store.CheckAsync(cancellationToken);
        DemandApart(
            new ProtectedFiles(warehouse, pipeline), DestinationText.At(store.Location, file), DestinationText.At(store.Location, json));
        await DemandDescriptionAsync(store, json, cancellationToken);
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken, options.View.Name.ToString());
        if (options.PlanOnly)
            return Result(
                applied: false, await session.CountAsync($"SELECT COUNT(*) FROM {options.View}", cancellationToken), bytes: null,
                sha256: null);

        return await OnDiskAsync(store, async () =>
        {
            using var work = ScratchFolder.In(store.WorkRoot, "extract");
            var path = Path.Combine(work.Path, "written");
            var format = new UnloadFormat(
                options.Format, options.Compression, string.Empty, [.. options.View.Columns.Select(column => column.Type.ToString())]);
            var rows = await session.UnloadAsync(Query(session.Dialect, options), format, path, cancellationToken);
            var (bytes, sha256) = (new FileInfo(path).Length, await FileDigest.Sha256Async(path, cancellationToken));
            var described = Path.Combine(work.Path, "description");
            await File.WriteAllTextAsync(described, ManifestJson.Write(Describe(options, file, rows, bytes, sha256)), cancellationToken);
            await store.UploadAsync(
                file, path, DeliveryLayout.ContentType(options.Format, options.Compression), _ => { }, cancellationToken);
            await store.UploadAsync(json, described, JsonType, _ => { }, cancellationToken);
            return Result(applied: true, rows, bytes, sha256);
        });

        ExtractResult Result(bool applied, long rows, long? bytes, string? sha256) =>
            new(
                options.View.Name.ToString(), applied, rows, bytes, options.Format, options.Compression, sha256,
                DestinationText.At(store.Location, file), DestinationText.At(store.Location, json));
    }

    /// <summary>The name of the JSON that describes a file.</summary>
    /// <param name="file">Name of the file.</param>
    /// <returns>For <c>x.csv.gz</c> it is <c>x.json</c>.</returns>
    internal static string DescriptionName(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return $"{(Path.GetExtension(name) is ".csv" or ".jsonl" ? Path.GetFileNameWithoutExtension(name) : name)}.json";
    }

    private static void DemandApart(ProtectedFiles files, params IEnumerable<string> places)
    {
        foreach (var place in places)
        {
            if (files.WhatIs(place) is { } what)
                throw LoyaltyErrors.DestinationInvalid.Because(
                    $"The extract cannot be written to {place}: it is {what}.", place, "Name another file or folder.");
        }
    }

    // Nobody has named this file: it takes the place of an earlier description, and of nothing else.
    private static async Task DemandDescriptionAsync(IObjectStore store, string json, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(json, cancellationToken) is { } found && !ExtractDescription.IsOne(found.Content))
        {
            throw LoyaltyErrors.DestinationInvalid.Because(
                $"The columns of an extract are described beside it, in {DestinationText.At(store.Location, json)}, and there is another file of that name, which is no such description.",
                DestinationText.At(store.Location, json),
                "Name another file or folder, or move that file.");
        }
    }

    // In the order of the key, so that the same rows are the same bytes.
    private static string Query(SqlDialect dialect, ExtractOptions options)
    {
        var columns = options.View.Columns.Select(column => $"{Value(dialect, options.Format, column)} AS {column.Name}");
        var key = options.View.Key.Select(column => $"v.{column.Name}");
        return $"SELECT {SqlText.List(columns)} FROM {options.View} AS v ORDER BY {SqlText.List(key)}";
    }

    private static string Value(SqlDialect dialect, FileFormat format, CatalogColumn column) => (column.Type.DataType, format) switch
    {
        (DataType.Timestamp, FileFormat.Parquet) => dialect.UtcTimestamp($"v.{column.Name}"),
        (DataType.Varchar, FileFormat.Csv) when column.Accepted.Count == 0 => SqlText.WithoutFormula($"v.{column.Name}"),
        _ => $"v.{column.Name}",
    };

    private static ExtractDescription Describe(ExtractOptions options, string file, long rows, long bytes, string sha256) => new(
        options.View.Name.ToString(),
        options.View.Description,
        file,
        options.Format,
        options.Compression,
        rows,
        bytes,
        sha256,
        [.. options.View.Key.Select(column => column.Name)],
        [.. options.View.Columns.Select(
            column => new ExtractColumn(column.Name, column.Type.ToString(), column.Nullable, column.Description))]);

    private static async Task<ExtractResult> OnDiskAsync(IObjectStore store, Func<Task<ExtractResult>> write)
    {
        try
        {
            return await write();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw LoyaltyErrors.DestinationDenied.Because(
                $"Files cannot be written in {store.WorkRoot}: {exception.Message}", store.Location, cause: exception);
        }
        catch (IOException exception)
        {
            throw FileUse.ErrorOf(exception, store.WorkRoot, "written")
                ?? LoyaltyErrors.DestinationUnavailable.Because(
                    $"Files cannot be written in {store.WorkRoot}: {exception.Message}", store.Location, cause: exception);
        }
    }
}
