using System.Runtime.InteropServices;

namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>A stretch of PowerShell, as its own parser sees it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins, without quotes and marks.</param>
/// <param name="Length">How long it is.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ScriptToken(ScriptTokenKind Kind, int Start, int Length);
