namespace LoyaltyPipeline.Core.Catalog;

/// <summary>The types a column may have.</summary>
public enum DataType
{
    /// <summary>64-bit integer.</summary>
    BigInt,

    /// <summary>32-bit integer.</summary>
    Integer,

    /// <summary>Exact decimal with precision and scale.</summary>
    Decimal,

    /// <summary>Text, compared by code point.</summary>
    Varchar,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A calendar day.</summary>
    Date,

    /// <summary>A point in time without zone, in UTC, to the microsecond.</summary>
    Timestamp,
}
