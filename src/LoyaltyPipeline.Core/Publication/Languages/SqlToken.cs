using System.Runtime.InteropServices;

namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>A token of SQL. The tokens of a text, one after the other, are the text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int Length)
{
    public int End => Start + Length;
}
