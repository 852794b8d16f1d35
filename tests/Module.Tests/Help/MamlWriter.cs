using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Help;

/// <summary>
/// Writes the help file from what the engine knows of the cmdlets and what their documentation comments say, so that nothing is
/// said twice and no parameter is forgotten.
/// </summary>
internal sealed class MamlWriter(XmlDocumentation documentation)
{
    private static readonly XNamespace Help = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly Dictionary<string, string> Asking = new(StringComparer.Ordinal)
    {
        ["WhatIf"] = "Shows what would be done and does nothing.",
        ["Confirm"] = "Asks before anything is done.",
    };

    public string Write(IEnumerable<CmdletInfo> cmdlets)
    {
        var root = new XElement(Help + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            cmdlets.OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal).Select(WriteCmdlet));
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <!-- Written from the documentation comments of the cmdlets; see tests/Module.Tests/Help. -->
            {root}

            """;
    }

    private static IEnumerable<CommandParameterInfo> OwnParameters(CommandParameterSetInfo set) =>
        set.Parameters.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name));

    private static XElement Paragraphs(XName name, params IEnumerable<string> texts) =>
        new(name, texts.Select(text => new XElement(Maml + "para", text)));

    private static XElement WriteType(string? name) => new(Dev + "type", new XElement(Maml + "name", name));

    // What can be piped: values of a parameter, and objects that have the properties that other parameters are named after.
    private static IEnumerable<XElement> WriteInputs(List<CommandParameterInfo> parameters)
    {
        var values = parameters.Where(parameter => parameter.ValueFromPipeline)
            .Select(parameter => (Type: parameter.ParameterType.FullName, Text: $"What -{parameter.Name} takes."));
        var named = parameters.Where(parameter => parameter.ValueFromPipelineByPropertyName).Select(parameter => parameter.Name).Order(StringComparer.Ordinal).ToList();
        var objects = named.Count == 0 ? [] : new[] { (Type: (string?)"System.Management.Automation.PSObject", Text: $"Objects with properties such as {string.Join(", ", named)}.") };
        var inputs = values.Concat(objects).ToList();
        return (inputs.Count == 0 ? [(Type: "None", Text: "Nothing is taken from the pipeline.")] : inputs)
            .Select(input => new XElement(Command + "inputType", WriteType(input.Type), Paragraphs(Maml + "description", input.Text)));
    }

    // What a parameter is where it is not given. Most that can be left out are then as their description says.
    private static string DefaultOf(Type type, CommandParameterInfo parameter)
    {
        var value = parameter.IsMandatory ? null : type.GetProperty(parameter.Name)?.GetValue(Activator.CreateInstance(type));
        return value switch
        {
            null or "" or Array { Length: 0 } => "None",
            DateTime or DateOnly => string.Create(CultureInfo.InvariantCulture, $"{value:yyyy-MM-dd}"),
            Array values => string.Join(", ", values.Cast<object>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture))),
            _ when parameter.ParameterType == typeof(SwitchParameter) => "False",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    // The topics that tell of a cmdlet, and the one of errors, which holds for all.
    private static IEnumerable<string> Topics(string cmdlet) =>
        Directory.GetFiles(RepositoryRoot.Combine("module", "en-US"), "about_*.help.txt").Order(StringComparer.Ordinal)
            .Where(file => file.Contains("about_LoyaltyErrors", StringComparison.Ordinal) || File.ReadAllText(file).Contains(cmdlet, StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file).Replace(".help.txt", string.Empty, StringComparison.Ordinal));

    private XElement WriteCmdlet(CmdletInfo cmdlet)
    {
        var type = cmdlet.ImplementingType;
        var remarks = documentation.Remarks(type);
        var sets = cmdlet.ParameterSets.OrderByDescending(set => set.IsDefault).ThenBy(set => set.Name, StringComparer.Ordinal).ToList();
        var parameters = sets.SelectMany(OwnParameters).DistinctBy(parameter => parameter.Name, StringComparer.Ordinal).ToList();
        return new XElement(Command + "command",
            new XElement(Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun),
                Paragraphs(Maml + "description", documentation.Summary(type))),
            Paragraphs(Maml + "description", remarks),
            new XElement(Command + "syntax", sets.Select(set => WriteSyntax(cmdlet, set))),
            new XElement(Command + "parameters", parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal).Select(parameter => WriteParameter(type, parameter))),
            new XElement(Command + "inputTypes", WriteInputs(parameters)),
            new XElement(Command + "returnValues", cmdlet.OutputType.Select(output => new XElement(Command + "returnValue", WriteType(output.Name)))),
            new XElement(Command + "examples", documentation.Examples(type).Select(WriteExample)),
            new XElement(Command + "relatedLinks", Topics(cmdlet.Name).Select(topic => new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", topic), new XElement(Maml + "uri")))));
    }

    private XElement WriteSyntax(CmdletInfo cmdlet, CommandParameterSetInfo set) => new(Command + "syntaxItem",
        new XElement(Maml + "name", cmdlet.Name),
        OwnParameters(set).OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position).Select(parameter => WriteParameter(cmdlet.ImplementingType, parameter)));

    private XElement WriteParameter(Type type, CommandParameterInfo parameter)
    {
        var isSwitch = parameter.ParameterType == typeof(SwitchParameter);
        var valueType = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var accepted = parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(set => set.ValidValues).ToList();
        return new XElement(Command + "parameter",
            new XAttribute("required", parameter.IsMandatory),
            new XAttribute("globbing", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any()),
            new XAttribute("pipelineInput", (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
            {
                (true, true) => "True (ByValue, ByPropertyName)",
                (true, false) => "True (ByValue)",
                (false, true) => "True (ByPropertyName)",
                _ => "False",
            }),
            new XAttribute("position", parameter.Position < 0 ? "named" : parameter.Position.ToString(CultureInfo.InvariantCulture)),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Paragraphs(Maml + "description", Asking.GetValueOrDefault(parameter.Name) ?? documentation.Summary(type, parameter.Name)),
            accepted.Count == 0 ? null : new XElement(Command + "parameterValueGroup", accepted.Select(value => new XElement(Command + "parameterValue", new XAttribute("required", "false"), value))),
            isSwitch ? null : new XElement(Command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", valueType.IsArray), valueType.Name),
            WriteType(valueType.Name),
            new XElement(Dev + "defaultValue", DefaultOf(type, parameter)));
    }

    private XElement WriteExample((string Code, string Remark) example, int index) => new(Command + "example",
        new XElement(Maml + "title", string.Create(CultureInfo.InvariantCulture, $"---------- Example {index + 1} ----------")),
        new XElement(Dev + "code", example.Code),
        Paragraphs(Dev + "remarks", example.Remark, string.Empty));
}
