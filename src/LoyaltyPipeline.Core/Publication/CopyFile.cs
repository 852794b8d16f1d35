using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Publication;

/// <summary>Writes a copy whole or not at all.</summary>
internal static class CopyFile
{
    /// <summary>Writes a file in place of one that is there; folders above it are made.</summary>
    /// <exception cref="LoyaltyException"><c>PublicationUnwritable</c>, <c>FileInUse</c>.</exception>
    public static void Write(string path, byte[] content, CancellationToken cancellationToken)
    {
        var partial = Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.NewGuid():N}.partial");
        try
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
            using (var stream = PrivateFiles.Create(partial))
                stream.Write(content);
            PatientFiles.Replace(partial, path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            PatientFiles.Discard(partial);
            throw LoyaltyErrors.PublicationUnwritable.Because($"{path} cannot be written: {exception.Message}", path, cause: exception);
        }
    }
}
