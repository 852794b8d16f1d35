using System.Text.Json;

namespace LoyaltyPipeline.Core.Extracts;

/// <summary>
/// The JSON beside an extract: what its file holds. It is written after the file, so where its hash fits, both belong together.
/// </summary>
/// <param name="View">The view.</param>
/// <param name="Description">What the view shows.</param>
/// <param name="File">Name of the file, beside this document.</param>
/// <param name="Format">How rows are written.</param>
/// <param name="Compression">How they are compressed.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Hash of its bytes, hexadecimal in lower case.</param>
/// <param name="Key">The columns that identify a row.</param>
/// <param name="Columns">All columns, in order.</param>
public sealed record ExtractDescription(
    string View, string Description, string File, FileFormat Format, FileCompression Compression, long Rows, long Bytes, string Sha256,
    IReadOnlyList<string> Key, IReadOnlyList<ExtractColumn> Columns)
{
    private static readonly string[] Marks = ["view", "file", "sha256", "key", "columns"];

    /// <summary>Whether a text is a description, of this version or of another.</summary>
    internal static bool IsOne(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && Marks.All(mark => document.RootElement.TryGetProperty(mark, out _));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
