using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LoyaltyPipeline.Core.Yaml;

/// <summary>Opens YAML files whose errors name file and line.</summary>
internal static class YamlFile
{
    /// <summary>Reads a file whose root is a mapping.</summary>
    /// <param name="error">The error to raise when it cannot be used.</param>
    /// <exception cref="LoyaltyException">The given error: no such file, no YAML, or no mapping.</exception>
    public static YamlMap Read(string path, ErrorDefinition error) => Read(new YamlReading(path, error));

    /// <summary>Reads a file whose root is a mapping.</summary>
    /// <exception cref="LoyaltyException">The given error: no such file, no YAML, or no mapping.</exception>
    public static YamlMap Read(YamlReading reading)
    {
        var (path, error) = (reading.Path, reading.Error);
        try
        {
            return Parse(Utf8File.Read(path, error), reading);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw error.Because($"There is no file {path}.", path, "Check the path.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw error.Because(
                $"{path} cannot be read: {exception.Message}", path, "Check that it is a file, and that it may be read.", exception);
        }
    }

    /// <summary>Reads a text whose root is a mapping.</summary>
    /// <param name="path">What errors name.</param>
    /// <param name="error">The error to raise when it cannot be used.</param>
    /// <exception cref="LoyaltyException">The given error: no YAML, or no mapping.</exception>
    public static YamlMap Parse(string text, string path, ErrorDefinition error) => Parse(text, new YamlReading(path, error));

    private static YamlMap Parse(string text, YamlReading reading)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StringReader(text);
            Load(stream, new ShallowParser(new Parser(reader)));
        }
        catch (YamlException exception)
        {
            // What began earlier went wrong at its end; some have a start only.
            var line = (int)Math.Max(exception.Start.Line, exception.End.Line);
            throw reading.At(
                line, string.Empty, $"{exception.InnerException?.Message ?? exception.Message}{Hint(exception.Message)}", cause: exception);
        }

        // Where every setting is optional a file may be all comments; one of no byte at all is a slip.
        if (stream.Documents.Count == 0 && text.Length > 0)
            return new YamlMap([], reading);
        if (stream.Documents.Count > 1)
            throw reading.At(
                (int)stream.Documents[1].RootNode.Start.Line, string.Empty, "a second document begins, and one is expected",
                "Take out the line with three hyphens before it; all settings stand in one document.");
        return stream.Documents is [{ RootNode: YamlMappingNode root }]
            ? new YamlMap(root, reading)
            : throw reading.At(1, string.Empty, text.Length == 0 ? "the file is empty, and a mapping is expected" : "a mapping is expected");
    }

    // "C:\data" is no path, but a text with an escape that there is none of.
    private static string Hint(string message) =>
        message.Contains("escape", StringComparison.OrdinalIgnoreCase)
            || message.Contains("hexadecimal", StringComparison.OrdinalIgnoreCase) ? $" {YamlMap.WritePaths}" : string.Empty;

    private static void Load(YamlStream stream, IParser parser)
    {
        try
        {
            stream.Load(parser);
        }
        catch (InvalidOperationException exception)
        {
            // The parser does not look for an end of file within brackets.
            var end = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(end, end, exception.Message, new FormatException("the text ends within brackets", exception));
        }
    }
}
