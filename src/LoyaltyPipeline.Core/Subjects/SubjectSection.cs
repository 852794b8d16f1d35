namespace LoyaltyPipeline.Core.Subjects;

/// <summary>The rows of one table that are held of a user.</summary>
/// <param name="Name">The table.</param>
/// <param name="Rows">The rows, each with a value for each field.</param>
internal sealed record SubjectSection(
    string Name, string Description, IReadOnlyList<SubjectField> Fields, IReadOnlyList<IReadOnlyList<object?>> Rows);
