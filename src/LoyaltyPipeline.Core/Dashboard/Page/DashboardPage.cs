using System.Net;

namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>
/// The dashboard as one HTML file that needs nothing else: style, script, charts and data are in it, and its policy lets it ask for
/// nothing.
/// </summary>
internal static class DashboardPage
{
    /// <summary>Writes a document as a page. The same document gives the same text.</summary>
    /// <param name="document">What the page shows.</param>
    /// <param name="writer">Takes the page, which is to be stored as UTF-8.</param>
    public static void Write(DashboardDocument document, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(writer);
        var parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["policy"] = DashboardAssets.Policy,
            ["title"] = WebUtility.HtmlEncode(document.Title),
            ["subtitle"] = WebUtility.HtmlEncode(document.Subtitle),
            ["style"] = DashboardAssets.Style,
            ["data"] = DashboardJson.Write(document),
            ["charts"] = DashboardAssets.PackedCharts,
            ["script"] = DashboardAssets.Script,
        };

        // The skeleton alternates text and the name of a part; what is put in is never looked through again.
        var pieces = DashboardAssets.Skeleton.Split(["{{", "}}"], StringSplitOptions.None);
        for (var index = 0; index < pieces.Length; index++)
            writer.Write(index % 2 == 0 ? pieces[index] : parts[pieces[index]]);
    }
}
