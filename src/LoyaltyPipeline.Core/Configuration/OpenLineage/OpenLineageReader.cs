using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Configuration.OpenLineage;

/// <summary>Reads the section <c>openlineage</c> of <c>pipeline.yml</c>.</summary>
internal static class OpenLineageReader
{
    private const int LongestSeconds = 60;

    /// <summary>Reads the section.</summary>
    /// <param name="folder">Where relative files begin.</param>
    public static OpenLineageSettings Read(YamlMap map, string folder)
    {
        map.AllowOnly("namespace", "file", "url", "api_key_variable", "api_key_file", "timeout_seconds");
        var defaults = new OpenLineageSettings();
        var key = EndpointReader.ReadSecret(map, "api_key", folder);
        if (key is not null && !map.Has("url"))
            map.Report(map.Has("api_key_file") ? "api_key_file" : "api_key_variable", "a key is sent to a 'url', and there is none");
        return new OpenLineageSettings
        {
            Namespace = map.Read("namespace", map.Text, defaults.Namespace),
            File = map.Read<string?>("file", name => Path.GetFullPath(map.FilePath(name), folder), otherwise: null),
            Url = map.Read<Uri?>("url", name => EndpointReader.ReadAddress(map, name), otherwise: null),
            ApiKey = key,
            Timeout = TimeSpan.FromSeconds(
                map.Read(
                    "timeout_seconds", name => EndpointReader.ReadCount(map, name, LongestSeconds), (int)defaults.Timeout.TotalSeconds)),
        };
    }
}
