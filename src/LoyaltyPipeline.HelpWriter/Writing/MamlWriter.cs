using System.Globalization;
using System.Xml.Linq;
using LoyaltyPipeline.HelpWriter.Model;

namespace LoyaltyPipeline.HelpWriter.Writing;

/// <summary>Writes the file that Get-Help reads.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Help = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static string Write(IEnumerable<CmdletHelp> cmdlets)
    {
        var root = new XElement(Help + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            cmdlets.Select(WriteCmdlet));
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <!-- Written by the build from the documentation comments of the cmdlets; see src/LoyaltyPipeline.HelpWriter. -->
            {root}

            """;
    }

    private static XElement Paragraphs(XName name, params IEnumerable<string> texts) =>
        new(name, texts.Select(text => new XElement(Maml + "para", text)));

    private static XElement WriteType(string name) => new(Dev + "type", new XElement(Maml + "name", name));

    private static XElement WriteCmdlet(CmdletHelp cmdlet) => new(Command + "command",
        new XElement(Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Command + "verb", cmdlet.Name.Split('-')[0]),
            new XElement(Command + "noun", cmdlet.Name.Split('-')[1]),
            Paragraphs(Maml + "description", cmdlet.Synopsis)),
        Paragraphs(Maml + "description", cmdlet.Description),
        new XElement(Command + "syntax", cmdlet.Sets.Select(set =>
            new XElement(Command + "syntaxItem", new XElement(Maml + "name", cmdlet.Name), set.Parameters.Select(WriteParameter)))),
        new XElement(Command + "parameters", cmdlet.Parameters.Select(WriteParameter)),
        new XElement(
            Command + "inputTypes",
            cmdlet.Inputs.Select(
                input => new XElement(Command + "inputType", WriteType(input.Type), Paragraphs(Maml + "description", input.Text)))),
        new XElement(Command + "returnValues", cmdlet.Outputs.Select(output => new XElement(Command + "returnValue", WriteType(output)))),
        new XElement(Command + "examples", cmdlet.Examples.Select(WriteExample)),
        new XElement(
            Command + "relatedLinks",
            cmdlet.Topics.Select(
                topic => new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", topic), new XElement(Maml + "uri")))));

    private static XElement WriteParameter(ParameterHelp parameter) => new(Command + "parameter",
        new XAttribute("required", parameter.IsMandatory),
        new XAttribute("globbing", parameter.TakesWildcards),
        new XAttribute("pipelineInput", parameter.PipelineInput),
        new XAttribute("position", parameter.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        Paragraphs(Maml + "description", parameter.Description),
        parameter.ValidValues.Count == 0 ? null : new XElement(Command + "parameterValueGroup", parameter.ValidValues.Select(WriteValue)),
        parameter.IsSwitch
            ? null
            : new XElement(
                Command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", parameter.Type.IsArray),
                parameter.Type.Name),
        WriteType(parameter.Type.Name),
        new XElement(Dev + "defaultValue", parameter.Default));

    private static XElement WriteValue(string value) => new(Command + "parameterValue", new XAttribute("required", "false"), value);

    private static XElement WriteExample(ExampleHelp example, int index) => new(Command + "example",
        new XElement(Maml + "title", string.Create(CultureInfo.InvariantCulture, $"---------- Example {index + 1} ----------")),
        new XElement(Dev + "code", example.Code),
        Paragraphs(Dev + "remarks", example.Remark, string.Empty));
}
