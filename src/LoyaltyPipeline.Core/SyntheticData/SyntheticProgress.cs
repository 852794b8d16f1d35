using System.Runtime.InteropServices;

namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>How far a sample has come.</summary>
/// <param name="Table">The table that made the latest progress, such as <c>DW_A.USER_ACTIVITY</c>.</param>
/// <param name="RowsWritten">Rows written so far, over all tables.</param>
/// <param name="RowsExpected">A good guess of the total.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SyntheticProgress(string Table, long RowsWritten, long RowsExpected);
