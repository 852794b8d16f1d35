using System.Text.Json;

namespace LoyaltyPipeline.Core.Tests.Support;

/// <summary>Results as text, to compare what they say: cmdlets emit them, so they are classes without an equality of their own.</summary>
internal static class Facts
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public static string Of(object result) => JsonSerializer.Serialize(result, Options);
}
