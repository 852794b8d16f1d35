using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery;

/// <summary>
/// Knows the files of deliveries by the folders that deliveries are put into, and copies of deliveries by their manifest.
/// </summary>
internal static class StoredDeliveries
{
    private const string DayFolders = "run_date=*";

    /// <summary>What a file is of a delivery.</summary>
    /// <param name="path">The full path of a file, which need not exist, or a place on S3, which is told by its name alone.</param>
    /// <returns>What it is, to be read after its name and "is"; null where it is nothing of a delivery.</returns>
    public static string? WhatIs(string path)
    {
        var isOnS3 = DestinationText.IsS3(path);
        var folder = isOnS3 ? path[..path.LastIndexOf('/')] : Path.GetDirectoryName(path)!;
        var name = path[(folder.Length + 1)..];
        if (DeliveryLayout.FeedOf(folder) is not null)
            return $"in the folder of the delivery {folder}";
        if (isOnS3 || !Directory.Exists(folder))
            return null;
        if (name == DeliveryLayout.LatestName && (IsLatest(path) || Directory.EnumerateDirectories(folder, DayFolders).Any()))
            return $"the pointer to the newest of the deliveries in {folder}";
        return ManifestIn(folder) is { } manifest && (name == DeliveryLayout.ManifestName || manifest.Files.Any(file => file.Name == name))
            ? $"a file of the delivery in {folder}"
            : null;
    }

    private static bool IsLatest(string path) => Read(path, text => ManifestJson.ReadLatest(text, path)) is not null;

    private static DeliveryManifest? ManifestIn(string folder) =>
        Path.Combine(folder, DeliveryLayout.ManifestName) is var path ? Read(path, text => ManifestJson.ReadManifest(text, path)) : null;

    private static T? Read<T>(string path, Func<string, T> read)
        where T : class
    {
        if (FileFacts.KindOf(path) != PathKind.File)
            return null;
        try
        {
            return read(File.ReadAllText(path));
        }
        catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.ManifestInvalid)
        {
            // Another program's file of that name.
            return null;
        }
    }
}
