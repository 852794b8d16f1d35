using System.Text.Json;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>
/// The file beside a warehouse file that names the run which writes it. Another process cannot open the warehouse to look who holds its
/// lock. A run that is killed leaves its notice, which means nothing once another process, or none, has the warehouse open.
/// </summary>
internal static class RunNotice
{
    public const string Extension = ".run";

    /// <summary>
    /// Takes the notice away. One that another program has open is emptied, and then means nothing: the run is over, and does not fail of
    /// this.
    /// </summary>
    /// <param name="location">The warehouse file.</param>
    public static void Remove(string location) => PatientFiles.Discard(location + Extension);

    /// <summary>Leaves the notice.</summary>
    /// <param name="location">The warehouse file.</param>
    /// <exception cref="LoyaltyException"><c>WarehouseUnavailable</c>, <c>FileInUse</c>.</exception>
    public static void Write(string location, RunHolder holder)
    {
        var path = location + Extension;
        try
        {
            using var file = Open(path);
            JsonSerializer.Serialize(file, holder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileUse.ErrorOf(exception, path, "changed")
                ?? LoyaltyErrors.WarehouseUnavailable.Because(
                    $"The file {path}, which names the run that writes the warehouse, cannot be changed: {exception.Message}", path,
                    cause: exception);
        }
    }

    // Whatever is there goes, a link itself and not what it leads to: the notice is a file of its own. One that somebody reads for longer
    // is written anew where it is.
    private static FileStream Open(
        string path) => PatientFiles.TryDelete(path) || FileFacts.IsLink(path) || FileFacts.KindOf(path) != PathKind.File
        ? PrivateFiles.Create(path, FileShare.ReadWrite | FileShare.Delete)
        : new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Reads the notice.</summary>
    /// <param name="location">The warehouse file.</param>
    /// <returns>The run; null where there is no notice, or it is being written.</returns>
    public static RunHolder? Read(string location)
    {
        try
        {
            if (FileFacts.KindOf(location + Extension) != PathKind.File)
                return null;
            using var file = new FileStream(location + Extension, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return JsonSerializer.Deserialize<RunHolder>(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
