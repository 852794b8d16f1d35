using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Delivery.Manifests;

/// <summary>Writes and reads manifests and <c>latest.json</c>.</summary>
internal static class ManifestJson
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

    /// <summary>Reads a document.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Where it was found, for the error.</param>
    /// <exception cref="LoyaltyException"><c>ManifestInvalid</c>: it is no such document, lacks something or has something unknown.</exception>
    public static T Read<T>(string text, string place)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options) ?? throw LoyaltyErrors.ManifestInvalid.Because($"{place} is empty.", place);
        }
        catch (JsonException exception)
        {
            throw LoyaltyErrors.ManifestInvalid.Because($"{place} line {exception.LineNumber + 1}: {exception.Message}", place, cause: exception);
        }
    }
}
