namespace LoyaltyPipeline.HelpWriter.Model;

/// <summary>An example.</summary>
/// <param name="Code">What is typed.</param>
/// <param name="Remark">What there is to say about it.</param>
internal sealed record ExampleHelp(string Code, string Remark);
