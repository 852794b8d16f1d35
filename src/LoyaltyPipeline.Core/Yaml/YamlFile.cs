using LoyaltyPipeline.Core.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LoyaltyPipeline.Core.Yaml;

/// <summary>Opens YAML files whose errors name file and line.</summary>
internal static class YamlFile
{
    /// <summary>Reads a file whose root is a mapping.</summary>
    /// <param name="path">The file.</param>
    /// <param name="error">The error to raise when it cannot be used.</param>
    /// <returns>The root.</returns>
    /// <exception cref="LoyaltyException">The given error: no such file, no YAML, or no mapping.</exception>
    public static YamlMap Read(string path, ErrorDefinition error)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StreamReader(path);
            stream.Load(reader);
        }
        catch (YamlException exception)
        {
            throw error.Because($"{path} line {exception.Start.Line}: {exception.InnerException?.Message ?? exception.Message}", path, cause: exception);
        }
        catch (IOException exception)
        {
            throw error.Because($"{path} cannot be read: {exception.Message}", path, cause: exception);
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }]
            ? new YamlMap(root, path, error)
            : throw error.Because($"{path} line 1: a mapping is expected", path);
    }
}
