using System.Text.Json;

namespace LoyaltyPipeline.Core.Queries;

/// <summary>Short forms of what is asked of a parsed query. What is not there, or is empty, the parser leaves out.</summary>
internal static class JsonTree
{
    /// <summary>The text of a property; null where there is none.</summary>
    public static string? TextOf(this JsonElement element, string name) =>
        element.Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The elements of a property; none where it is not there.</summary>
    public static IEnumerable<JsonElement> ItemsOf(this JsonElement element, string name) =>
        element.Find(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>A property; null where it is not there.</summary>
    public static JsonElement? Find(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>An element with all below it.</summary>
    public static IEnumerable<JsonElement> AndBelow(this JsonElement element)
    {
        var waiting = new Stack<JsonElement>([element]);
        while (waiting.TryPop(out var next))
        {
            yield return next;
            foreach (var below in next.Below())
                waiting.Push(below);
        }
    }

    /// <summary>What is directly below an element.</summary>
    public static IEnumerable<JsonElement> Below(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Select(property => property.Value),
        JsonValueKind.Array => element.EnumerateArray(),
        _ => [],
    };
}
