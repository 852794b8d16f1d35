namespace LoyaltyPipeline.Core.Publication.Names;

/// <summary>What a name stands for. Its published form begins with the word of its kind: TABLE_A.</summary>
internal enum NameKind
{
    /// <summary>Anything else.</summary>
    Name,

    /// <summary>A text literal.</summary>
    Text,

    /// <summary>A comment, or a description.</summary>
    Note,

    /// <summary>A file, a folder or another part of a path.</summary>
    Path,

    Column,

    /// <summary>An alias of a table, or a name of WITH.</summary>
    Alias,

    /// <summary>A schema or a database.</summary>
    Schema,

    /// <summary>A table or a view.</summary>
    Table,

    /// <summary>An account, or what is before the @ of an address.</summary>
    Account,

    /// <summary>A bucket of a store.</summary>
    Bucket,

    /// <summary>A host, or a domain.</summary>
    Host,
}
