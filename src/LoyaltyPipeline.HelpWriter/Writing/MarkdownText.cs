using System.Text.RegularExpressions;
using LoyaltyPipeline.HelpWriter.Model;

namespace LoyaltyPipeline.HelpWriter.Writing;

/// <summary>
/// Plain text of the help as Markdown: nothing in it is taken for markup, and cmdlets and topics are links to their pages.
/// </summary>
/// <param name="cmdlets">The cmdlets.</param>
/// <param name="topics">The topics.</param>
/// <param name="pageFolder">Where the pages of cmdlets lie, from the page that links to them.</param>
/// <param name="topicFolder">Where the topics lie, from there.</param>
internal sealed partial class MarkdownText(
    IEnumerable<CmdletHelp> cmdlets, IEnumerable<HelpTopic> topics, string pageFolder = "", string topicFolder = "../../module/en-US/")
{
    private readonly Dictionary<string, string> _pages = cmdlets.Select(cmdlet => (cmdlet.Name, Page: $"{pageFolder}{cmdlet.Name}.md"))
        .Concat(topics.Select(topic => (topic.Name, Page: topicFolder + topic.File)))
        .ToDictionary(page => page.Name, page => page.Page, StringComparer.Ordinal);

    /// <summary>The text on a page.</summary>
    /// <param name="text">The text, one paragraph.</param>
    /// <param name="page">What the page is about, which it does not link to.</param>
    public string Write(string text, string? page = null) =>
        Names.Replace(
            Special.Replace(text, @"\$0"), name => name.Value != page && _pages.ContainsKey(name.Value) ? Link(name.Value) : name.Value);

    /// <summary>A link to a cmdlet's page or a topic's file.</summary>
    /// <param name="name">The cmdlet or topic.</param>
    public string Link(string name) => $"[{name}]({_pages[name]})";

    // An underscore within a word is none of emphasis.
    [GeneratedRegex(@"[\\`*<>\[\]|~#$]|\b_|_\b(?![A-Za-z0-9])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Special { get; }

    [GeneratedRegex("about_[A-Za-z]+|[A-Z][a-z]+-[A-Z][A-Za-z]+", RegexOptions.NonBacktracking)]
    private static partial Regex Names { get; }
}
