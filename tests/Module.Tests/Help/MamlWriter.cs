using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;

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

    private XElement WriteCmdlet(CmdletInfo cmdlet)
    {
        var type = cmdlet.ImplementingType;
        var remarks = documentation.Remarks(type);
        var sets = cmdlet.ParameterSets.OrderByDescending(set => set.IsDefault).ThenBy(set => set.Name, StringComparer.Ordinal).ToList();
        var parameters = sets.SelectMany(OwnParameters).DistinctBy(parameter => parameter.Name, StringComparer.Ordinal).ToList();
        var piped = parameters.Where(parameter => parameter.ValueFromPipeline).Select(parameter => parameter.ParameterType.FullName).Distinct(StringComparer.Ordinal);
        return new XElement(Command + "command",
            new XElement(Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun),
                Paragraphs(Maml + "description", documentation.Summary(type))),
            Paragraphs(Maml + "description", remarks),
            new XElement(Command + "syntax", sets.Select(set => WriteSyntax(cmdlet, set))),
            new XElement(Command + "parameters", parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal).Select(parameter => WriteParameter(type, parameter))),
            new XElement(Command + "inputTypes", piped.Select(name => new XElement(Command + "inputType", WriteType(name)))),
            new XElement(Command + "returnValues", cmdlet.OutputType.Select(output => new XElement(Command + "returnValue", WriteType(output.Name)))),
            new XElement(Command + "examples", documentation.Examples(type).Select(WriteExample)));
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
            WriteType(valueType.Name));
    }

    private XElement WriteExample((string Code, string Remark) example, int index) => new(Command + "example",
        new XElement(Maml + "title", string.Create(CultureInfo.InvariantCulture, $"---------- Example {index + 1} ----------")),
        new XElement(Dev + "code", example.Code),
        Paragraphs(Dev + "remarks", example.Remark, string.Empty));
}
