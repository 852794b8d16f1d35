namespace LoyaltyPipeline.HelpWriter.Model;

/// <summary>Something that can be piped to a cmdlet.</summary>
/// <param name="Type">The name of the type.</param>
/// <param name="Text">What becomes of it.</param>
internal sealed record InputHelp(string Type, string Text);
