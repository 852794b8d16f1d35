namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>A keyword or a name without quotes, in upper case.</summary>
    Word,

    /// <summary>A name in double quotes, without them.</summary>
    QuotedName,

    /// <summary>A text, without quotes and escapes.</summary>
    Text,

    Number,

    /// <summary>An operator or a punctuation mark.</summary>
    Symbol,

    /// <summary>A question mark; its value is its number, from 0.</summary>
    Parameter,

    /// <summary>A session variable or a column of a staged file, without its dollar sign.</summary>
    Variable,

    /// <summary>A location in a stage, with its at sign.</summary>
    StageLocation,

    /// <summary>Text in DuckDB's own words, which is passed on as it is.</summary>
    Raw,
}
