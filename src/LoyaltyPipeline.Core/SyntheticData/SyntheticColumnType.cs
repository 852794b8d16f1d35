namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>The types that source columns have.</summary>
internal enum SyntheticColumnType
{
    BigInt,
    Integer,
    Decimal,
    Varchar,
    Boolean,
    Date,
    Timestamp,
}
