namespace LoyaltyPipeline.Core.Tests.Support;

/// <summary>Places in the checkout.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string SqlFolder => Path.Combine(Root, "sql");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Loyalty.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests must run inside the checkout.");
    }
}
