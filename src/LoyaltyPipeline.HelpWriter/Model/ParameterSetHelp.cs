namespace LoyaltyPipeline.HelpWriter.Model;

/// <summary>Parameters that can be given together.</summary>
/// <param name="Name">The name of the set.</param>
/// <param name="IsDefault">Whether it holds where the parameters given do not decide.</param>
/// <param name="Parameters">The parameters in the order of the syntax: those with a position first.</param>
internal sealed record ParameterSetHelp(string Name, bool IsDefault, IReadOnlyList<ParameterHelp> Parameters);
