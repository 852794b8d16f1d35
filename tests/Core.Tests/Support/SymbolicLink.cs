namespace LoyaltyPipeline.Core.Tests.Support;

/// <summary>
/// Symbolic links for tests. Windows lets not everybody make one, and Wine says that it has made one and has not: there the test is
/// skipped.
/// </summary>
internal static class SymbolicLink
{
    /// <summary>Makes a link to a file.</summary>
    /// <param name="path">Where it is to be.</param>
    /// <param name="target">Where it leads to, which need not be there.</param>
    public static void ToFile(string path, string target) => Make(() => File.CreateSymbolicLink(path, target));

    /// <summary>Makes a link to a folder.</summary>
    /// <param name="path">Where it is to be.</param>
    /// <param name="target">Where it leads to, which need not be there.</param>
    public static void ToFolder(string path, string target) => Make(() => Directory.CreateSymbolicLink(path, target));

    private static void Make(Func<FileSystemInfo> create)
    {
        FileSystemInfo link;
        try
        {
            link = create();
        }
        catch (IOException exception) when (OperatingSystem.IsWindows())
        {
            Xunit.Assert.Skip($"No links can be made here: {exception.Message}");
            return;
        }

        link.Refresh();
        Xunit.Assert.SkipWhen(OperatingSystem.IsWindows() && link.LinkTarget is null, "No links can be made here.");
    }
}
