using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Delivery.Manifests;

/// <summary>
/// Writes and reads manifests and <c>latest.json</c>. Who reads one need not trust who wrote it: names that become paths or stand in SQL
/// are let through only where this module could have written them.
/// </summary>
internal static partial class ManifestJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <summary>The text of a document.</summary>
    public static string Write<T>(T document) => JsonSerializer.Serialize(document, Options) + "\n";

    /// <summary>Reads a manifest.</summary>
    /// <param name="place">Where it was found, for the error.</param>
    /// <exception cref="LoyaltyException"><c>ManifestInvalid</c>: it is no manifest, lacks something, has something unknown or a name that
    /// no manifest has.</exception>
    public static DeliveryManifest ReadManifest(string text, string place)
    {
        var manifest = Read<DeliveryManifest>(text, place);
        foreach (var file in manifest.Files)
            Demand(FilePattern().IsMatch(file.Name), "file", file.Name, place);
        foreach (var column in manifest.Columns)
        {
            Demand(Identifier.IsValid(column.Name), "column", column.Name, place);
            Demand(ColumnType.TryParse(column.Type, out _), "type", column.Type, place);
        }

        return manifest;
    }

    /// <summary>Reads a <c>latest.json</c>.</summary>
    /// <param name="place">Where it was found, for the error.</param>
    /// <exception cref="LoyaltyException"><c>ManifestInvalid</c>: it is none, lacks something, has something unknown or leads elsewhere
    /// than to a delivery beside it.</exception>
    public static LatestDelivery ReadLatest(string text, string place)
    {
        var latest = Read<LatestDelivery>(text, place);
        Demand(ManifestPattern().IsMatch(latest.Manifest), "manifest", latest.Manifest, place);
        return latest;
    }

    private static void Demand(bool isName, string what, string name, string place)
    {
        if (!isName)
            throw LoyaltyErrors.ManifestInvalid.Because($"{place} names a {what} '{name}', which no delivery has.", place);
    }

    private static T Read<T>(string text, string place)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options) ?? throw LoyaltyErrors.ManifestInvalid.Because($"{place} is empty.", place);
        }
        catch (JsonException exception)
        {
            throw LoyaltyErrors.ManifestInvalid.Because(
                $"{place} line {exception.LineNumber + 1}: {exception.Message}", place, cause: exception);
        }
    }

    [GeneratedRegex(
        @"^part-[0-9]{5,}\.(?:csv|jsonl)(?:\.gz|\.zst)?\z|^part-[0-9]{5,}\.parquet\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex FilePattern();

    [GeneratedRegex(
        @"^run_date=[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9a-f]{20}/manifest\.json\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ManifestPattern();
}
