using System.Runtime.InteropServices;

namespace LoyaltyPipeline.Core.SyntheticData.Declared;

/// <summary>What is known of a row before its values.</summary>
/// <param name="User">Whose it is; null for anybody's.</param>
/// <param name="Block">Rows that are told apart by their index alone have the same.</param>
/// <param name="Second">When it happened.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RowPlace(long? User, long Block, long Index, long Second);
