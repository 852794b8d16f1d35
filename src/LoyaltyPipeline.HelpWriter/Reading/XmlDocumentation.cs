using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LoyaltyPipeline.HelpWriter.Model;

namespace LoyaltyPipeline.HelpWriter.Reading;

/// <summary>The documentation comments of assemblies, as the compiler wrote them down: a file named after each.</summary>
internal sealed partial class XmlDocumentation(string folder)
{
    private readonly Dictionary<Assembly, Dictionary<string, XElement>> _members = [];

    public string Summary(Type type) => Text(Member(type)?.Element("summary"));

    public string Summary(FieldInfo field) =>
        Text(Member(field.DeclaringType!.Assembly, $"F:{field.DeclaringType.FullName}.{field.Name}")?.Element("summary"));

    public IReadOnlyList<string> Remarks(Type type) => Member(type)?.Element("remarks") switch
    {
        null => [],
        var remarks when remarks.Element("para") is null => [Text(remarks)],
        var remarks => [.. remarks.Elements("para").Select(Text)],
    };

    /// <summary>The examples: the command and what there is to say about it.</summary>
    public IReadOnlyList<ExampleHelp> Examples(Type type) => [.. (Member(type)?.Elements("example") ?? []).Select(ReadExample)];

    /// <summary>What a parameter means; an override that says nothing means what the base says.</summary>
    public string Summary(Type type, string property)
    {
        for (var owner = type; owner is not null; owner = owner.BaseType)
        {
            if (owner.GetProperty(property, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) is not null
                && Member(owner.Assembly, $"P:{owner.FullName}.{property}")?.Element("summary") is { } summary)
                return Text(summary);
        }

        return string.Empty;
    }

    private static ExampleHelp ReadExample(XElement example) => new(
        string.Join('\n', example.Elements("code").Select(code => Dedent(code.Value))),
        Text(new XElement("rest", example.Nodes().Where(node => node is not XElement { Name.LocalName: "code" }))));

    private static string Dedent(string code) => string.Join('\n', code.Trim('\n', ' ').Split('\n').Select(line => line.Trim()));

    private static string Text(XElement? element)
    {
        if (element is null)
            return string.Empty;
        var copy = new XElement(element);
        foreach (var reference in copy.Descendants("see").ToList())
            reference.ReplaceWith(reference.Attribute("cref")!.Value.Split('.', ':')[^1]);
        return Blanks.Replace(copy.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks { get; }

    private XElement? Member(Type type) => Member(type.Assembly, $"T:{type.FullName}");

    private XElement? Member(Assembly assembly, string name)
    {
        if (!_members.TryGetValue(assembly, out var members))
            _members.Add(assembly, members = Read(assembly));
        return members.GetValueOrDefault(name);
    }

    private Dictionary<string, XElement> Read(Assembly assembly) =>
        XDocument.Load(Path.Combine(folder, $"{assembly.GetName().Name}.xml")).Root!.Element("members")!.Elements("member")
            .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);
}
