using System.Runtime.InteropServices;
using LoyaltyPipeline.Core.Publication.Names;

namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>A stretch of a text that is a name as a whole, or a text of its own.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Piece(int Start, int Length, NameKind Kind)
{
    public int End => Start + Length;

    /// <summary>The same piece in a text that has another before it.</summary>
    public Piece Shifted(int by) => this with { Start = Start + by };
}
