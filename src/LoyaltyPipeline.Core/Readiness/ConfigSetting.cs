using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Readiness;

/// <summary>A setting, and where it stands.</summary>
/// <param name="Path">The file.</param>
/// <param name="Key">The setting, with the keys above it.</param>
internal sealed record ConfigSetting(string Path, int Line, string Key)
{
    /// <summary>Finds a setting; one that is not there stands where it would.</summary>
    public static ConfigSetting Find(YamlMap root, string path, params ReadOnlySpan<string> keys) =>
        new(path, root.LineOf(keys), string.Join('.', keys));
}
