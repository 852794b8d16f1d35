namespace LoyaltyPipeline.HelpWriter.Model;

/// <summary>A parameter as it is in a parameter set.</summary>
internal sealed record ParameterHelp
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>The type; of a value that can be left out, that of the value.</summary>
    public required Type Type { get; init; }

    public required Type DeclaredType { get; init; }

    public required bool IsSwitch { get; init; }

    public required bool IsMandatory { get; init; }

    /// <summary>Its place among the values without a name; none where it needs its name.</summary>
    public required int? Position { get; init; }

    public required bool FromPipeline { get; init; }

    public required bool FromPipelineByName { get; init; }

    public required bool TakesWildcards { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The values that it is limited to by name, beyond what its type says.</summary>
    public required IReadOnlyList<string> ValidValues { get; init; }

    /// <summary>What it is where it is not given.</summary>
    public required string Default { get; init; }

    /// <summary>How it can come from the pipeline, as Get-Help says it.</summary>
    public string PipelineInput => (FromPipeline, FromPipelineByName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
