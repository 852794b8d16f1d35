using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>
/// A file that ends in the middle of a row: others may have been cut off with it, so that nothing of it is taken, whatever else may be
/// rejected.
/// </summary>
internal static class CutOffFile
{
    /// <summary>The error.</summary>
    /// <param name="lack">What its last row lacks beside a line end.</param>
    public static LoyaltyException Error(SourceFile file, string lack) => LoyaltyErrors.SourceFileUnreadable.Because(
        $"{file.Path} is cut off: {lack}, and no line end.",
        file.Path,
        "Have the file delivered again, whole; nothing of it was imported. If it is whole, end its last line, and the row goes to quarantine.");
}
