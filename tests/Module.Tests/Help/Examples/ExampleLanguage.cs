namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>What a block of a text is.</summary>
internal enum ExampleLanguage
{
    /// <summary>Statements, run one after the other.</summary>
    PowerShell,

    /// <summary>A pipeline.yml, read as a whole.</summary>
    Configuration,
}
