namespace LoyaltyPipeline.Core.Errors;

/// <summary>A place in a file of settings that something is wrong with.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">The line, from 1 on.</param>
/// <param name="Key">The setting, with the keys above it, as <c>guards.deletes</c>; empty for the file as a whole.</param>
/// <param name="Reason">What is wrong there.</param>
internal sealed record FilePlace(string Path, int Line, string Key, string Reason);
