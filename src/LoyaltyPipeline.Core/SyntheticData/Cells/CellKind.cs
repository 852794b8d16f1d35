namespace LoyaltyPipeline.Core.SyntheticData.Cells;

internal enum CellKind
{
    Null,
    Long,
    Integer,
    Decimal,
    Text,
    Flag,
    Date,
    Timestamp,
    Raw,
}
