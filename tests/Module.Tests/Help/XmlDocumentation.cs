using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LoyaltyPipeline.Module.Tests.Help;

/// <summary>The documentation comments of an assembly, as the compiler wrote them down.</summary>
internal sealed partial class XmlDocumentation(string path)
{
    private readonly Dictionary<string, XElement> _members = XDocument.Load(path).Root!.Element("members")!.Elements("member")
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    public string Summary(Type type) => Text(Member(type)?.Element("summary"));

    public string Summary(FieldInfo field) => Text(_members.GetValueOrDefault($"F:{field.DeclaringType!.FullName}.{field.Name}")?.Element("summary"));

    public IReadOnlyList<string> Remarks(Type type) => Member(type)?.Element("remarks") switch
    {
        null => [],
        var remarks when remarks.Element("para") is null => [Text(remarks)],
        var remarks => [.. remarks.Elements("para").Select(Text)],
    };

    /// <summary>The examples: the command and what there is to say about it.</summary>
    public IReadOnlyList<(string Code, string Remark)> Examples(Type type) =>
    [
        .. (Member(type)?.Elements("example") ?? []).Select(example =>
            (string.Join('\n', example.Elements("code").Select(code => Dedent(code.Value))), Text(new XElement("rest", example.Nodes().Where(node => node is not XElement { Name.LocalName: "code" }))))),
    ];

    /// <summary>What a parameter means; an override that says nothing means what the base says.</summary>
    public string Summary(Type type, string property)
    {
        foreach (var owner in Owners(type))
        {
            if (owner.GetProperty(property, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) is not null
                && _members.TryGetValue($"P:{owner.FullName}.{property}", out var member) && member.Element("summary") is { } summary)
                return Text(summary);
        }

        return string.Empty;
    }

    // A cmdlet, its bases, and the object that holds its dynamic parameters.
    private static IEnumerable<Type> Owners(Type cmdlet)
    {
        for (var owner = cmdlet; owner is not null; owner = owner.BaseType)
            yield return owner;
        if (!typeof(IDynamicParameters).IsAssignableFrom(cmdlet))
            yield break;
        var instance = (IDynamicParameters)Activator.CreateInstance(cmdlet)!;
        using (instance as IDisposable)
            yield return instance.GetDynamicParameters()!.GetType();
    }

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

    private XElement? Member(Type type) => _members.GetValueOrDefault($"T:{type.FullName}");
}
