namespace LoyaltyPipeline.Core.Documentation.Diagrams;

/// <summary>Boxes with lines of text, in lanes from left to right, and arrows between their lines.</summary>
/// <param name="Title">What it shows, for those who cannot see it.</param>
internal sealed record Diagram(string Title, IReadOnlyList<Diagram.Lane> Lanes, IReadOnlyList<Diagram.Arrow> Arrows)
{
    /// <summary>Boxes one below the other.</summary>
    internal sealed record Lane(string Title, IReadOnlyList<Box> Boxes);

    /// <summary>A box.</summary>
    /// <param name="Id">By which arrows name it.</param>
    internal sealed record Box(string Id, string Title, IReadOnlyList<Line> Lines);

    /// <summary>A line of a box.</summary>
    /// <param name="Id">By which arrows name it, within its box.</param>
    /// <param name="Note">What stands at its right end.</param>
    /// <param name="IsKey">Whether it identifies a row.</param>
    /// <param name="IsPersonal">Whether it is personal data.</param>
    internal sealed record Line(string Id, string Note = "", bool IsKey = false, bool IsPersonal = false);

    /// <summary>An arrow from a line to a line.</summary>
    internal sealed record Arrow(string FromBox, string FromLine, string ToBox, string ToLine, bool IsPersonal = false);
}
