namespace LoyaltyPipeline.Core.Publication;

/// <summary>A file that is to be read, and the name that it has below what the user named.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Name">The name, with / between folders.</param>
/// <param name="Kind">Its language.</param>
internal sealed record ScriptFile(string Path, string Name, ScriptKind Kind);
