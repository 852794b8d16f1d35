namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>How users are spread on the newest day, and where they moved.</summary>
/// <param name="Scores">Users by score and segment.</param>
/// <param name="Since">The written day that movements are counted from; null where there is none before.</param>
/// <param name="Moves">Users by segment then and now; a segment is null before they came or after they went.</param>
/// <param name="LowBelow">The lower threshold of the median user; null where nobody has one.</param>
/// <param name="HighFrom">The upper threshold of the median user; null where nobody has one.</param>
internal sealed record EngagementFigures(
    IReadOnlyList<(int ScoreFrom, string Segment, long Users)> Scores, DateOnly? Since,
    IReadOnlyList<(string? From, string? To, long Users)> Moves, decimal? LowBelow, decimal? HighFrom);
