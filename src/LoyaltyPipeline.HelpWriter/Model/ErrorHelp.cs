namespace LoyaltyPipeline.HelpWriter.Model;

/// <summary>An entry of an error catalogue.</summary>
/// <param name="Id">The id that scripts compare.</param>
/// <param name="Category">PowerShell's category.</param>
/// <param name="Meaning">What happened.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record ErrorHelp(string Id, string Category, string Meaning, string Remedy);
