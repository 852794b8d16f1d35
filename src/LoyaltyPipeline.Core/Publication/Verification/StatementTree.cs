using System.Text.Json;

namespace LoyaltyPipeline.Core.Publication.Verification;

/// <summary>Compares what the engine's parser makes of a statement and of its copy.</summary>
internal static class StatementTree
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4000 };

    /// <summary>Where two trees differ once the names of one are the original ones again.</summary>
    /// <param name="original">The tree of the statement.</param>
    /// <param name="copy">The tree of its copy.</param>
    /// <param name="restore">Puts original names back.</param>
    /// <returns>What is at the place; null where the trees are alike.</returns>
    public static string? Difference(string original, string copy, Func<string, string> restore)
    {
        using var before = JsonDocument.Parse(original, Options);
        using var after = JsonDocument.Parse(copy, Options);
        return IsError(before.RootElement) || IsError(after.RootElement)
            ? ErrorDifference(before.RootElement, after.RootElement)
            : Difference(before.RootElement, after.RootElement, restore);
    }

    private static bool IsError(JsonElement root) => root.GetProperty("error").GetBoolean();

    // What is no SELECT is not made a tree, before and after.
    private static string? ErrorDifference(JsonElement before, JsonElement after) =>
        IsError(before) == IsError(after) && before.GetProperty("error_type").ValueEquals(after.GetProperty("error_type").GetString())
            ? null
            : IsError(after) ? after.GetProperty("error_message").GetString() : "it can be parsed, and what it was made of cannot";

    private static string? Difference(JsonElement before, JsonElement after, Func<string, string> restore)
    {
        if (before.ValueKind != after.ValueKind)
            return after.ToString();
        return before.ValueKind switch
        {
            JsonValueKind.Object => OfObjects(before, after, restore),
            JsonValueKind.Array => before.GetArrayLength() != after.GetArrayLength()
                ? after.ToString()
                : before.EnumerateArray().Zip(after.EnumerateArray(), (one, other) => Difference(one, other, restore))
                    .FirstOrDefault(found => found is not null),
            JsonValueKind.String => IsSame(before.GetString()!, after.GetString()!, restore) ? null : after.GetString(),
            _ => before.GetRawText() == after.GetRawText() ? null : after.GetRawText(),
        };
    }

    private static string? OfObjects(JsonElement before, JsonElement after, Func<string, string> restore)
    {
        // Places move with the length of names.
        var parts = before.EnumerateObject().Where(part => part.Name != "query_location").ToList();
        if (parts.Count != after.EnumerateObject().Count(part => part.Name != "query_location"))
            return after.ToString();
        foreach (var part in parts)
        {
            if (!after.TryGetProperty(part.Name, out var other))
                return part.Name;
            if (Difference(part.Value, other, restore) is { } found)
                return found;
        }

        return null;
    }

    // A quote in a text is written twice, and once in the tree.
    private static bool IsSame(string before, string after, Func<string, string> restore) =>
        before == after || restore(after) is var restored
            && (restored == before || restored.Replace("''", "'", StringComparison.Ordinal) == before
                || restored.Replace("\"\"", "\"", StringComparison.Ordinal) == before);
}
