namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>Lines of a text that stand together.</summary>
/// <param name="Line">The line of its first, from 1.</param>
/// <param name="Text">The lines without what they are indented by.</param>
internal sealed record ExampleBlock(int Line, string Text);
