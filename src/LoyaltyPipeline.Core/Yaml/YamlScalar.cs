namespace LoyaltyPipeline.Core.Yaml;

/// <summary>A key or a value of a YAML text, and where it stands.</summary>
/// <param name="Start">Where its text begins, after an opening quote.</param>
/// <param name="End">Where its text ends, before a closing quote.</param>
/// <param name="Key">Of a value the key that it belongs to; null of a key.</param>
/// <param name="IsBlock">Whether it is text over several lines, behind | or &gt;.</param>
internal sealed record YamlScalar(int Start, int End, string? Key, bool IsBlock);
