namespace LoyaltyPipeline.SnowflakeSupport.Results;

/// <summary>The kinds of values that Snowflake sends.</summary>
internal enum ColumnKind
{
    /// <summary>A number with a fixed scale.</summary>
    Fixed,

    /// <summary>A floating-point number.</summary>
    Real,

    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A time without zone.</summary>
    TimestampNtz,

    /// <summary>A time in the zone of the session.</summary>
    TimestampLtz,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>A document.</summary>
    Variant,
}
