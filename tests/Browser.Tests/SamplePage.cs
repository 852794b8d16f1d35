using System.Text;
using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Tests.Dashboard;

namespace LoyaltyPipeline.Browser.Tests;

/// <summary>Pages of the sample, written once.</summary>
internal static class SamplePage
{
    private static readonly Lazy<string> LazyPath = new(
        () => Write("sample.html", DashboardSample.Make() with { Title = DashboardSample.Hostile }));
    private static readonly Lazy<string> LazyCalmPath = new(() => Write("calm.html", DashboardSample.Make()));

    /// <summary>The sample, its title made of what harms a page that trusts it.</summary>
    public static string Path => LazyPath.Value;

    /// <summary>The sample with a title of words.</summary>
    public static string CalmPath => LazyCalmPath.Value;

    /// <summary>Writes a document as a file.</summary>
    public static string Write(string name, DashboardDocument document)
    {
        var path = System.IO.Path.Combine(DashboardBrowser.ArtifactsFolder, name);
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        DashboardPage.Write(document, writer);
        return path;
    }
}
