using System.Management.Automation;
using LoyaltyPipeline.HelpWriter.Model;

namespace LoyaltyPipeline.HelpWriter.Reading;

/// <summary>
/// Reads what there is to say of cmdlets, from their attributes and their documentation comments, so that nothing is said twice and no
/// parameter is forgotten.
/// </summary>
internal sealed class CmdletReader(XmlDocumentation documentation, IReadOnlyList<HelpTopic> topics)
{
    private readonly ParameterReader _parameters = new(documentation);

    /// <summary>The cmdlets of a module, by name.</summary>
    public IReadOnlyList<CmdletHelp> Read(BuiltModule module) =>
        [.. module.Cmdlets.GetExportedTypes().Where(type => type.AttributesOf<CmdletAttribute>().Any()).Select(Read)
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];

    // What can be piped: values of a parameter, and objects that have the properties that other parameters are named after.
    private static IEnumerable<InputHelp> Inputs(List<ParameterHelp> parameters)
    {
        var values = parameters.Where(parameter => parameter.FromPipeline)
            .Select(parameter => new InputHelp(parameter.DeclaredType.FullName!, $"What -{parameter.Name} takes."));
        var named = parameters.Where(parameter => parameter.FromPipelineByName).Select(parameter => parameter.Name)
            .Order(StringComparer.Ordinal).ToList();
        var inputs = values.ToList();
        if (named.Count > 0)
            inputs.Add(new InputHelp(typeof(PSObject).FullName!, $"Objects with properties such as {string.Join(", ", named)}."));
        return inputs.Count > 0 ? inputs : [new InputHelp("None", "Nothing is taken from the pipeline.")];
    }

    private CmdletHelp Read(Type type)
    {
        var attribute = type.AttributesOf<CmdletAttribute>().Single();
        var name = string.Join('-', attribute.Values());
        var sets = _parameters.Read(type, attribute);
        return new CmdletHelp(
            name,
            documentation.Summary(type),
            documentation.Remarks(type),
            sets,
            [.. Inputs([.. sets.SelectMany(set => set.Parameters).DistinctBy(parameter => parameter.Name, StringComparer.Ordinal)])],
            [.. type.AttributesOf<OutputTypeAttribute>().SelectMany(output => output.Values())
                .Select(output => output is Type known ? known.FullName! : $"{output}")],
            documentation.Examples(type),
            [.. topics.Where(topic => topic.Name == HelpTopic.Errors || topic.Text.Contains(name, StringComparison.Ordinal))
                .Select(topic => topic.Name)]);
    }
}
