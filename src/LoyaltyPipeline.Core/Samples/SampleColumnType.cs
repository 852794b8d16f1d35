namespace LoyaltyPipeline.Core.Samples;

/// <summary>The types that source columns have.</summary>
internal enum SampleColumnType
{
    BigInt,
    Integer,
    Decimal,
    Varchar,
    Boolean,
    Date,
    Timestamp,
}
