namespace LoyaltyPipeline.Core.Samples.Planting;

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
