namespace LoyaltyPipeline.Core.Subjects;

/// <summary>A column of what is held of a user.</summary>
internal sealed record SubjectField(string Name, string Type, string Description);
