namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>What a token of SQL is.</summary>
internal enum SqlTokenKind
{
    /// <summary>Blanks and line ends.</summary>
    Blank,

    /// <summary>A comment, with its marks.</summary>
    Comment,

    /// <summary>A keyword or a name.</summary>
    Word,

    /// <summary>A name in double quotes.</summary>
    QuotedName,

    /// <summary>A text in single quotes.</summary>
    Text,

    /// <summary>A text between dollar signs, such as the body of a function.</summary>
    Body,

    /// <summary>A placeholder of this project's scripts: {DW_A.USER_PROFILE}.</summary>
    Placeholder,

    Number,

    /// <summary>Anything else, a character.</summary>
    Symbol,
}
