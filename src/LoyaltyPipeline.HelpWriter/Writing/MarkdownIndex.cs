using System.Text;
using LoyaltyPipeline.HelpWriter.Model;

namespace LoyaltyPipeline.HelpWriter.Writing;

/// <summary>Writes the page that leads to the others.</summary>
internal static class MarkdownIndex
{
    public const string Notice =
        "<!-- Written by the build from the documentation comments of the cmdlets; see src/LoyaltyPipeline.HelpWriter. -->";

    public static string Write(IEnumerable<CmdletHelp> cmdlets, IEnumerable<HelpTopic> topics, MarkdownText text)
    {
        var page = new StringBuilder(
            $"{Notice}\n\n# Help\n\nWhat `Get-Help` shows in a session, to be read here.\n\n| Cmdlet | Does |\n|---|---|\n");
        foreach (var cmdlet in cmdlets)
            page.Append($"| {text.Link(cmdlet.Name)} | {text.Write(cmdlet.Synopsis)} |\n");
        page.Append("\n| Topic | Tells of |\n|---|---|\n");
        foreach (var topic in topics)
            page.Append($"| {text.Link(topic.Name)} | {text.Write(topic.ShortDescription)} |\n");
        return page.ToString();
    }
}
