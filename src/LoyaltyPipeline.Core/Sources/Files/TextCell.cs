using System.Runtime.InteropServices;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>Where a value stands in the buffer of a <see cref="RecordScanner"/>.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="IsQuoted">Whether quotes stand around it; those inside are doubled then.</param>
/// <param name="HasQuotes">Whether quotes may stand inside it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextCell(int Start, int Length, bool IsQuoted, bool HasQuotes)
{
    /// <summary>An empty value without quotes is NULL.</summary>
    public bool IsNull => Length == 0 && !IsQuoted;
}
