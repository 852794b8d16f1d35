namespace LoyaltyPipeline.Core.SyntheticData.Planting;

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
