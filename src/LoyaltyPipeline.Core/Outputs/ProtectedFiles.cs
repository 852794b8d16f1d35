using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Outputs;

/// <summary>
/// The files that a pipeline lives from, and those of deliveries, which consumers read. Whatever writes a file where the user says asks
/// here first, so that no slip in a path puts a report in the place of the warehouse.
/// </summary>
internal sealed class ProtectedFiles(IWarehouse warehouse, PipelineDefinition pipeline)
{
    /// <summary>What a file is of the pipeline, whatever way leads to it.</summary>
    /// <param name="path">The full path, or a place on S3.</param>
    /// <returns>What it is, to be read after its name and "is"; null where it is nothing of the pipeline, and may be written.</returns>
    public string? WhatIs(string path)
    {
        if (DestinationText.IsS3(path))
            return StoredDeliveries.WhatIs(path);
        string place;
        try
        {
            place = RealPath.Of(path);
        }
        catch (IOException)
        {
            return "a link that leads in a circle";
        }

        return All().FirstOrDefault(file => RealPath.IsSameFile(file.Path, path)).What
            ?? StoredDeliveries.WhatIs(path) ?? StoredDeliveries.WhatIs(place) ?? LandingFile(path);
    }

    private IEnumerable<(string Path, string What)> All()
    {
        foreach (var file in WarehouseConnector.FilesOf(warehouse.Location))
            yield return (file, $"a file of the warehouse {warehouse.Location}");
        if (pipeline.ConfigPath is { } config)
            yield return (config, "the configuration");
        if (pipeline.CatalogPath is { } catalog)
            yield return (catalog, "the catalog");
        yield return (pipeline.MasterScriptPath, "the script that makes Master");
        foreach (var (source, location) in pipeline.Config.Sources)
        {
            if (location.File is { } file)
                yield return (file, $"the file of the source {source}");
        }
    }

    // A file that is there and would be imported. One that is not there yet destroys nothing.
    private string? LandingFile(string path)
    {
        if (FileFacts.KindOf(path) != PathKind.File)
            return null;
        try
        {
            return $"a landing file of {new LandingFolder(pipeline.Catalog, static _ => { }).Find(path, table: null).Single().Key}";
        }
        catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.SourceTableUnknown
            || exception.Definition == LoyaltyErrors.SourceFormatUnknown)
        {
            return null;
        }
    }
}
