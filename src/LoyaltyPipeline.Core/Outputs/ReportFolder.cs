using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Outputs;

/// <summary>A folder that the user names for files of several names.</summary>
internal static class ReportFolder
{
    /// <summary>Makes it where it is not there.</summary>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>.</exception>
    public static void Make(string folder)
    {
        try
        {
            PrivateFiles.CreateFolder(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw LoyaltyErrors.ReportUnwritable.Because(
                $"The folder {folder} cannot be made: {exception.Message}", folder, "Name another folder.", exception);
        }
    }
}
