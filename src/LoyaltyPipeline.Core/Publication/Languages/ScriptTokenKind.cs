namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>What a stretch of PowerShell is.</summary>
public enum ScriptTokenKind
{
    /// <summary>The name of a variable, a function or a member that the script makes.</summary>
    Name,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A comment.</summary>
    Comment,
}
