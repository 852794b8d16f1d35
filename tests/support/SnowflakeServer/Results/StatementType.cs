namespace LoyaltyPipeline.SnowflakeSupport.Results;

/// <summary>What a statement was, as Snowflake numbers it.</summary>
internal enum StatementType
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>A query.</summary>
    Select = 0x1000,

    Insert = 0x3100,

    Update = 0x3200,

    Delete = 0x3300,

    Merge = 0x3400,

    /// <summary>COPY INTO a table.</summary>
    Copy = 0x3600,

    /// <summary>COPY INTO a location.</summary>
    Unload = 0x3700,

    AlterSession = 0x4100,

    Use = 0x4300,

    Show = 0x4400,

    Describe = 0x4500,

    ListFiles = 0x4701,

    Rollback = 0x5000,

    /// <summary>Whatever makes, changes or drops an object.</summary>
    Ddl = 0x6000,

    GetFiles = 0x7101,

    PutFiles = 0x7102,

    RemoveFiles = 0x7103,

    Begin = 0x8101,

    Commit = 0x8103,

    Set = 0x8104,
}
