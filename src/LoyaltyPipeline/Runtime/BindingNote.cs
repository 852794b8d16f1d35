namespace LoyaltyPipeline.Runtime;

/// <summary>What is to be said of a value that was bound.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsWarning">Whether it is a warning; else it is a detail.</param>
internal sealed record BindingNote(string Text, bool IsWarning);
