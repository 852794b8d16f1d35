namespace LoyaltyPipeline.SnowflakeSupport.Results;

/// <summary>What a statement was, as Snowflake numbers it.</summary>
internal enum StatementType
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>A query.</summary>
    Select = 0x1000,

    /// <summary>INSERT.</summary>
    Insert = 0x3100,

    /// <summary>UPDATE.</summary>
    Update = 0x3200,

    /// <summary>DELETE.</summary>
    Delete = 0x3300,

    /// <summary>MERGE.</summary>
    Merge = 0x3400,

    /// <summary>COPY INTO a table.</summary>
    Copy = 0x3600,

    /// <summary>COPY INTO a location.</summary>
    Unload = 0x3700,

    /// <summary>ALTER SESSION.</summary>
    AlterSession = 0x4100,

    /// <summary>USE.</summary>
    Use = 0x4300,

    /// <summary>SHOW.</summary>
    Show = 0x4400,

    /// <summary>DESCRIBE.</summary>
    Describe = 0x4500,

    /// <summary>LIST.</summary>
    ListFiles = 0x4701,

    /// <summary>ROLLBACK.</summary>
    Rollback = 0x5000,

    /// <summary>Whatever makes, changes or drops an object.</summary>
    Ddl = 0x6000,

    /// <summary>GET.</summary>
    GetFiles = 0x7101,

    /// <summary>PUT.</summary>
    PutFiles = 0x7102,

    /// <summary>REMOVE.</summary>
    RemoveFiles = 0x7103,

    /// <summary>BEGIN.</summary>
    Begin = 0x8101,

    /// <summary>COMMIT.</summary>
    Commit = 0x8103,

    /// <summary>SET.</summary>
    Set = 0x8104,
}
