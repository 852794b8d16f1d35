namespace LoyaltyPipeline.HelpWriter.Model;

/// <summary>What help says of a cmdlet.</summary>
/// <param name="Name">Verb and noun.</param>
/// <param name="Synopsis">One sentence.</param>
/// <param name="Description">The paragraphs below it.</param>
/// <param name="Sets">The parameter sets, the default one first.</param>
/// <param name="Inputs">What can be piped.</param>
/// <param name="Outputs">The types that are emitted.</param>
/// <param name="Topics">The topics that tell of the cmdlet.</param>
internal sealed record CmdletHelp(
    string Name,
    string Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyList<ParameterSetHelp> Sets,
    IReadOnlyList<InputHelp> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<ExampleHelp> Examples,
    IReadOnlyList<string> Topics)
{
    /// <summary>Each parameter once, by name, as the first set says that has it.</summary>
    public IReadOnlyList<ParameterHelp> Parameters { get; } =
        [.. Sets.SelectMany(set => set.Parameters).DistinctBy(parameter => parameter.Name, StringComparer.Ordinal)
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)];
}
