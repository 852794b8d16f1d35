using LoyaltyPipeline.HelpWriter.Model;
using LoyaltyPipeline.HelpWriter.Reading;

namespace LoyaltyPipeline.HelpWriter.Writing;

/// <summary>The files of the repository that are written from the built module, as they should be.</summary>
internal sealed class HelpFiles
{
    private const string Topics = "module/en-US";
    private const string Pages = "docs/help";
    private const string Runbook = "docs/runbook.md";

    private readonly string _repository;
    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Makes the texts; nothing is written.</summary>
    /// <param name="repository">The folder of the repository, with the module built.</param>
    /// <param name="documentation">The folder in which the documentation of the module's assemblies lies.</param>
    public HelpFiles(string repository, string documentation)
    {
        _repository = repository;
        var module = new BuiltModule(Path.Combine(repository, "module"));
        var comments = new XmlDocumentation(documentation);
        var catalogue = new ErrorReader(comments).Read(module);
        var errors = new HelpTopic(HelpTopic.Errors, ErrorTopicWriter.Write(catalogue).ReplaceLineEndings("\n"));
        var topics = HelpTopic.Read(PathOf(Topics)).Where(topic => topic.Name != errors.Name).Append(errors)
            .OrderBy(topic => topic.Name, StringComparer.Ordinal).ToList();
        var cmdlets = new CmdletReader(comments, topics).Read(module);
        var text = new MarkdownText(cmdlets, topics);
        var page = new MarkdownPage(text);

        Add($"{Topics}/{errors.File}", errors.Text);
        Add($"{Topics}/LoyaltyPipeline.dll-Help.xml", MamlWriter.Write(cmdlets));
        Add(Runbook, RunbookWriter.Write(catalogue, new MarkdownText(cmdlets, topics, "help/", "../module/en-US/")));
        Add($"{Pages}/README.md", MarkdownIndex.Write(cmdlets, topics, text));
        foreach (var cmdlet in cmdlets)
            Add($"{Pages}/{cmdlet.Name}.md", page.Write(cmdlet));
    }

    /// <summary>The names of the files, as the repository has them.</summary>
    public IEnumerable<string> Names => _texts.Keys;

    /// <summary>The files that are not as they should be, also pages of cmdlets that there are no more.</summary>
    public IReadOnlyList<string> Stale() =>
        [.. _texts.Where(file => !File.Exists(PathOf(file.Key)) || File.ReadAllText(PathOf(file.Key)) != file.Value)
            .Select(file => file.Key)
            .Concat(Strays())];

    /// <summary>Writes what is stale, and touches nothing else.</summary>
    public void Write()
    {
        foreach (var name in Stale())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
            if (_texts.TryGetValue(name, out var text))
                File.WriteAllText(PathOf(name), text);
            else
                File.Delete(PathOf(name));
        }
    }

    private void Add(string name, string text) => _texts.Add(name, text.ReplaceLineEndings("\n"));

    private string PathOf(string name) => Path.Combine(_repository, name);

    // A page that somebody else has written there stays.
    private IEnumerable<string> Strays() =>
        Directory.Exists(PathOf(Pages))
            ? Directory.GetFiles(PathOf(Pages), "*.md")
                .Where(file => File.ReadAllText(file).StartsWith(MarkdownIndex.Notice, StringComparison.Ordinal))
                .Select(file => $"{Pages}/{Path.GetFileName(file)}").Where(name => !_texts.ContainsKey(name)).Order(StringComparer.Ordinal)
            : [];
}
