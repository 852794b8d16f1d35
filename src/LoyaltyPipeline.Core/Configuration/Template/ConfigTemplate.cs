using System.Text;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Configuration.Template;

/// <summary>A configuration file to begin with: every setting with what it means, and what holds without it.</summary>
public static partial class ConfigTemplate
{
    private const string Resource = "Configuration/pipeline.yml";
    private const string SchemaPlace = "{schema}";

    /// <summary>The text of the file.</summary>
    /// <param name="schemaPath">The JSON Schema by which editors help to write it.</param>
    public static string TextFor(string schemaPath)
    {
        using var stream = typeof(ConfigTemplate).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace(SchemaPlace, new Uri(schemaPath).AbsoluteUri, StringComparison.Ordinal);
    }

    /// <summary>Makes sure that the file can be written, without touching it.</summary>
    /// <param name="replaces">Whether one that is there may be replaced.</param>
    /// <exception cref="LoyaltyException"><c>ConfigExists</c>, <c>ConfigUnwritable</c>.</exception>
    public static void DemandPlace(string path, bool replaces)
    {
        if (Path.GetExtension(path).ToUpperInvariant() is not (".YML" or ".YAML"))
            throw LoyaltyErrors.ConfigUnwritable.Because(
                $"The configuration {path} cannot be written: its name does not end with .yml.", path);
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            throw LoyaltyErrors.ConfigUnwritable.Because($"The configuration {path} cannot be written: there is no folder {folder}.", path);
        switch (FileFacts.KindOf(path))
        {
            case PathKind.Nothing:
                return;
            case PathKind.File when !replaces:
                throw LoyaltyErrors.ConfigExists.Because($"There is a configuration {path} already.", path);
            case PathKind.File when !IsConfiguration(path):
                throw LoyaltyErrors.ConfigUnwritable.Because(
                    $"The configuration {path} cannot be written: the file that is there is none.", path,
                    "Give another -Path, or remove the file.");
            case PathKind.File:
                return;
            default:
                throw LoyaltyErrors.ConfigUnwritable.Because($"The configuration {path} cannot be written: it is no regular file.", path);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <inheritdoc cref="DemandPlace"/>
    public static FileInfo Write(string path, string schemaPath, bool replaces, CancellationToken cancellationToken)
    {
        DemandPlace(path, replaces);
        var partial = Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.NewGuid():N}.partial");
        try
        {
            using (var file = PrivateFiles.Create(partial))
            {
                file.Write(Encoding.UTF8.GetBytes(TextFor(schemaPath)));
                file.Flush(flushToDisk: true);
            }

            PrivateFiles.Adopt(partial, path);
            if (replaces)
                PatientFiles.Replace(partial, path, cancellationToken);
            else
                PatientFiles.Move(partial, path, cancellationToken);
            return new FileInfo(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw !replaces && File.Exists(path)
                ? LoyaltyErrors.ConfigExists.Because($"There is a configuration {path} already.", path, cause: exception)
                : LoyaltyErrors.ConfigUnwritable.Because(
                    $"The configuration {path} cannot be written: {exception.Message}", path, cause: exception);
        }
        finally
        {
            PatientFiles.Discard(partial);
        }
    }

    // Or was meant to be one: who wants it replaced may have broken it. The catalog, for one, is none.
    private static bool IsConfiguration(string path)
    {
        var text = File.ReadAllText(path);
        return string.IsNullOrWhiteSpace(text) || Section().IsMatch(text);
    }

    [GeneratedRegex(
        @"^#?(sources|imports|guards|consumers|integrity|notify|openlineage)[ \t]*:", RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Section();
}
